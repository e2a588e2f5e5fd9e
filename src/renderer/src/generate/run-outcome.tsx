import { CircleCheck, RefreshCw, RotateCw, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { actionOf } from '../../../contract/actions';
import type { ErrorReport } from '../../../contract/app-error';
import type { GenerationRequest, PastRun } from '../../../contract/generation';
import { withKeys } from '../navigation/shortcut';
import { Button } from '../components/button';
import { Card } from '../components/card';
import { ErrorNotice } from '../components/error-notice';
import { Notice } from '../components/notice';
import { useFormats } from '../format/use-formats';
import { PlantedFacts } from './planted-facts';
import { useOpenGenerate } from './generate-context';

export interface RunFailureProps {
  readonly request: GenerationRequest;
  readonly error: ErrorReport;
  /** Whether another job is running. */
  readonly busy: boolean;
  readonly onDismiss: () => void;
}

/** A run that failed or was cancelled: the reason, and a way to repeat it with other options. */
export function RunFailure({ request, error, busy, onDismiss }: RunFailureProps) {
  const open = useOpenGenerate();
  const again = (
    <Button icon={RotateCw} disabled={busy} onClick={() => open(request)}>
      Run again
    </Button>
  );
  if (error.code === 'CANCELLED') {
    return (
      <Notice
        tone="info"
        action={
          <span className="flex gap-1">
            {again}
            <Button look="quiet" icon={X} aria-label="Dismiss" onClick={onDismiss} />
          </span>
        }
      >
        The run was cancelled and discarded.
      </Notice>
    );
  }
  return (
    <ErrorNotice error={error} onDismiss={onDismiss}>
      {again}
    </ErrorNotice>
  );
}

export interface RunSummaryProps {
  readonly run: PastRun;
  readonly busy: boolean;
  readonly onRefresh: () => void;
}

/** The result of a run, and the next step. */
export function RunSummary({ run, busy, onRefresh }: RunSummaryProps) {
  const formats = useFormats();
  const { rows, files, bytes, facts, request } = run;
  const elapsedMs = Date.parse(run.finishedAt) - Date.parse(run.startedAt);
  return (
    <Card
      title={
        <span className="flex items-center gap-2">
          <CircleCheck size={16} aria-hidden className="shrink-0 text-good" />
          <span>
            Generated {formats.amount(rows, 'event')} in {formats.duration(elapsedMs)}
          </span>
        </span>
      }
      note={
        request.mode === 'replace'
          ? 'They replaced the existing events. Refresh to update models and metrics.'
          : 'Refresh to add them to your models and metrics.'
      }
      actions={
        <Button look="primary" icon={RefreshCw} disabled={busy} onClick={onRefresh} {...withKeys(actionOf('refresh'))}>
          Refresh now
        </Button>
      }
    >
      <dl className="grid grid-cols-4 gap-4 px-4 pt-2 pb-3.5">
        <Figure name="Rows/s">{formats.compact(rows / Math.max(0.001, elapsedMs / 1000))}</Figure>
        <Figure name="Files">{formats.count(files)}</Figure>
        <Figure name="On disk">{formats.bytes(bytes)}</Figure>
        <Figure name="Workers">{formats.count(request.workers)}</Figure>
      </dl>
      {facts.length > 0 && (
        <div className="border-t border-line px-4 pt-2.5 pb-3.5">
          <h3 className="mb-1.5 text-small font-medium text-ink-soft">Can you spot these in the charts and checks?</h3>
          <PlantedFacts facts={facts} />
        </div>
      )}
    </Card>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-small text-ink-soft">{name}</dt>
      <dd className="text-title font-semibold">{children}</dd>
    </div>
  );
}
