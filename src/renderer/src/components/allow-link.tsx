import { useQueryClient } from '@tanstack/react-query';
import { Link2 } from 'lucide-react';
import type { ErrorReport } from '../../../contract/app-error';
import { agreedLinkSchema, type AgreedLink } from '../../../contract/workspace';
import { useMainAction } from '../client/queries';
import { Button } from './button';

interface AllowLinkProps {
  /** What was refused. */
  readonly error: ErrorReport;
  /** Does again what was refused. */
  readonly onAllowed?: (() => void) | undefined;
}

/**
 * Where something was refused because of a link that the user may agree to: the button for it. The workspace is opened
 * again then, and all pages read anew. Nothing for other errors.
 */
export function AllowLink({ error, onAllowed }: AllowLinkProps) {
  const link = agreedLinkSchema.safeParse(error.link).data;
  return link === undefined ? null : <AllowLinkButton link={link} onAllowed={onAllowed} />;
}

function AllowLinkButton({ link, onAllowed }: { link: AgreedLink; onAllowed: (() => void) | undefined }) {
  const queryClient = useQueryClient();
  const allow = useMainAction(async (client, agreed: AgreedLink) => {
    await client.workspace.allowLink(agreed);
    await queryClient.invalidateQueries();
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
