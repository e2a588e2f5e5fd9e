import { useQueryClient } from '@tanstack/react-query';
import { Link2 } from 'lucide-react';
import type { ErrorReport } from '../../../contract/app-error';
import { agreedLinkSchema, type AgreedLink } from '../../../contract/workspace';
import { useMainAction } from '../client/queries';
import { readAgain } from '../client/read-again';
import { Button } from './button';

interface AllowLinkProps {
  /** The error of the refused call. */
  readonly error: ErrorReport;
  /** Repeats the refused call. */
  readonly onAllowed?: (() => void) | undefined;
}

/**
 * A button to allow the link that caused an error. The workspace is then reopened and all pages refetch. Renders
 * nothing for other errors.
 */
export function AllowLink({ error, onAllowed }: AllowLinkProps) {
  const link = agreedLinkSchema.safeParse(error.link).data;
  return link === undefined ? null : <AllowLinkButton link={link} onAllowed={onAllowed} />;
}

function AllowLinkButton({ link, onAllowed }: { link: AgreedLink; onAllowed: (() => void) | undefined }) {
  const queryClient = useQueryClient();
  const allow = useMainAction(async (client, agreed: AgreedLink) => {
    await client.workspace.allowLink(agreed);
    await readAgain(queryClient);
    onAllowed?.();
  });
  return (
    <>
      <Button icon={Link2} busy={allow.pending} onClick={() => allow.run(link)}>
        Allow this target
      </Button>
      {allow.error && <p className="w-full text-bad">{allow.error.message}</p>}
    </>
  );
}

/** Whether {@link AllowLink} has a button for an error. */
export function canAllowLink({ link }: ErrorReport): boolean {
  return agreedLinkSchema.safeParse(link).success;
}
