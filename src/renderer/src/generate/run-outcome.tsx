import { CircleCheck, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { actionOf } from '../../../contract/actions';
import type { PastRun } from '../../../contract/generation';
import { withKeys } from '../app/shortcut';
import { Button } from '../components/button';
import { Card } from '../components/card';
import { ErrorNotice } from '../components/error-notice';
import { Notice } from '../components/notice';
import { formatAmount, formatBytes, formatCompact, formatCount } from '../format/numbers';
import { formatDuration } from '../format/time';
import { PlantedFacts } from './planted-facts';
import type { EndedRun } from './run-news';

export interface RunOutcomeProps {
  readonly ended: EndedRun;
  readonly busy: boolean;
  readonly onRefresh: () => void;
}

/** How the last run ended, and what to do next. */
export function RunOutcome({ ended: { outcome }, busy, onRefresh }: RunOutcomeProps) {
  if (outcome.succeeded) return <RunSummary run={outcome.run} busy={busy} onRefresh={onRefresh} />;
  if (outcome.error.code === 'CANCELLED') {
    return <Notice tone="info">The run was cancelled. Nothing of it was kept.</Notice>;
  }
  return <ErrorNotice error={outcome.error} />;
}

function RunSummary({ run, busy, onRefresh }: { run: PastRun; busy: boolean; onRefresh: () => void }) {
  const { rows, files, bytes, facts, request } = run;
  const elapsedMs = Date.parse(run.finishedAt) - Date.parse(run.startedAt);
  return (
    <Card
      title={
        <span className="flex items-center gap-2">
          <CircleCheck size={16} aria-hidden className="shrink-0 text-good" />
          <span>
            Generated {formatAmount(rows, 'event')} in {formatDuration(elapsedMs)}
          </span>
        </span>
      }
      note={
        request.mode === 'replace'
          ? 'They have taken the place of those that were there. Refresh to see them in the models and metrics.'
          : 'Refresh to see them in the models and metrics.'
      }
      actions={
        <Button look="primary" icon={RefreshCw} disabled={busy} onClick={onRefresh} {...withKeys(actionOf('refresh'))}>
          Refresh now
        </Button>
      }
    >
      <dl className="grid grid-cols-4 gap-4 px-4 pt-2 pb-3.5">
        <Figure name="Rows/s">{formatCompact(rows / Math.max(0.001, elapsedMs / 1000))}</Figure>
        <Figure name="Files">{formatCount(files)}</Figure>
        <Figure name="On disk">{formatBytes(bytes)}</Figure>
        <Figure name="Workers">{formatCount(request.workers)}</Figure>
      </dl>
      {facts.length > 0 && (
        <div className="border-t border-line px-4 pt-2.5 pb-3.5">
          <h3 className="mb-1.5 text-small font-medium text-ink-soft">Do the charts and checks find these?</h3>
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
      <dd className="text-title font-semibold tabular-nums">{children}</dd>
    </div>
  );
}
