import { CircleAlert, RotateCw, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ErrorReport } from '../../../contract/app-error';
import { AllowLink, canAllowLink } from './allow-link';
import { Button } from './button';
import { classNames } from './class-names';

export interface ErrorNoticeProps {
  readonly error: ErrorReport;
  readonly onRetry?: (() => void) | undefined;
  /** Dismisses the notice, for errors that are over. */
  readonly onDismiss?: (() => void) | undefined;
  /** Buttons that help to resolve it. */
  readonly children?: ReactNode;
  readonly className?: string;
}

/** An error and its remedy; details from the layer below are collapsed. */
export function ErrorNotice({ error, onRetry, onDismiss, children, className }: ErrorNoticeProps) {
  const { position } = error;
  return (
    <div
      role="alert"
      className={classNames(
        'flex gap-2.5 rounded-medium border border-bad/30 bg-bad-soft px-3 py-2.5 text-ink select-text',
        className,
      )}
    >
      <CircleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-bad" />
      <div className="min-w-0 flex-1">
        <p className="font-medium break-words">
          {error.message}
          {position && (
            <span className="font-normal text-ink-soft">
              {' '}
              Line {position.line}, column {position.column}.
            </span>
          )}
        </p>
        <p className="mt-0.5 break-words text-ink-soft">{error.action}</p>
        {error.cause !== undefined && <Cause code={error.code} text={error.cause} />}
        {(onRetry || children || canAllowLink(error)) && (
          <div className="mt-2 flex flex-wrap gap-2">
            <AllowLink error={error} onAllowed={onRetry} />
            {onRetry && (
              <Button icon={RotateCw} onClick={onRetry}>
                Try again
              </Button>
            )}
            {children}
          </div>
        )}
      </div>
      {onDismiss && <Button look="quiet" icon={X} aria-label="Dismiss" className="-mt-1 -mr-1" onClick={onDismiss} />}
    </div>
  );
}

function Cause({ code, text }: { code: string; text: string }) {
  return (
    <details className="mt-1.5 text-small">
      <summary className="w-fit rounded-small text-ink-soft hover:text-ink">Details</summary>
      <pre className="mt-1.5 max-h-40 overflow-auto rounded-small bg-surface/60 p-2 font-mono text-micro whitespace-pre-wrap">
        {text}
        {'\n'}
        <span className="text-ink-soft">{code}</span>
      </pre>
    </details>
  );
}
