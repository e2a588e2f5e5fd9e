import type { ErrorReport } from '../../../contract/app-error';
import { useAppState } from '../client/live-state';
import { useMainAction } from '../client/queries';
import { AllowLink } from '../components/allow-link';
import { Button } from '../components/button';
import { Notice } from '../components/notice';

/** Warnings about the workspace, above every page until they are dismissed. */
export function WorkspaceNotices() {
  const all = useAppState().value?.workspace.notices ?? [];
  const notices = [...new Map(all.map((notice) => [notice.message, notice])).values()];
  const dismiss = useMainAction((client) => client.workspace.dismissNotices());
  if (notices.length === 0) return null;
  return (
    <section aria-label="About this workspace" className="flex max-h-48 flex-col gap-2 overflow-y-auto p-3">
      {notices.map((notice, index) => (
        <Notice
          key={notice.message}
          tone="warn"
          action={
            <>
              <AllowLink error={notice} />
              {index === 0 && (
                <Button look="quiet" busy={dismiss.pending} onClick={() => dismiss.run()}>
                  Dismiss
                </Button>
              )}
            </>
          }
        >
          <NoticeText notice={notice} />
        </Notice>
      ))}
    </section>
  );
}

function NoticeText({ notice: { message, action } }: { notice: ErrorReport }) {
  return (
    <p className="break-words">
      {message} <span className="text-ink-soft">{action}</span>
    </p>
  );
}
