import { SquareTerminal } from 'lucide-react';
import { Button } from '../../components/button';
import { EmptyState } from '../../components/empty-state';
import { ErrorNotice } from '../../components/error-notice';
import { Notice } from '../../components/notice';
import { ProgressBar } from '../../components/progress-bar';
import { formatAmount, formatPercent } from '../../format/numbers';
import { formatDuration, formatElapsed } from '../../format/time';
import { stopwatch, useNow } from '../../format/use-now';
import { ResultGrid } from '../../results/grid/result-grid';
import type { QueryState } from '../../results/query-session';

/** What came of the last statement: its rows, its error, or how far it is. */
export function ConsoleOutcome({ state, onStopHard }: { state: QueryState; onStopHard: () => void }) {
  switch (state.status) {
    case 'idle':
      return (
        <EmptyState icon={SquareTerminal} title="Nothing has been run yet">
          The models are bronze_events, silver_events and those of the gold layer.
        </EmptyState>
      );
    case 'running':
      return <Running startedAt={state.startedAt} fraction={state.fraction} />;
    case 'stopping':
      return <Stopping onStopHard={onStopHard} />;
    case 'cancelled':
      return (
        <div className="p-4">
          <Notice tone="info">Cancelled after {formatDuration(state.elapsedMs)}.</Notice>
        </div>
      );
    case 'failed':
      return (
        <div className="h-full overflow-y-auto p-4">
          <ErrorNotice error={state.error} />
        </div>
      );
    case 'done':
      return <Done {...state} />;
  }
}

function Running({ startedAt, fraction }: { startedAt: number; fraction: number | null }) {
  const elapsed = useNow(stopwatch, 100) - startedAt;
  return (
    <div className="flex h-full flex-col items-center justify-center gap-3 p-8">
      <p className="text-title font-semibold tabular-nums" role="timer">
        {formatElapsed(elapsed)}
      </p>
      <div className="w-full max-w-xs">
        <ProgressBar label="Run" fraction={fraction} />
      </div>
      <p className="text-small text-ink-soft tabular-nums">
        {fraction === null ? 'Running' : `About ${formatPercent(Math.floor(fraction * 100) / 100)} done`}
      </p>
    </div>
  );
}

function Stopping({ onStopHard }: { onStopHard: () => void }) {
  return (
    <div className="p-4">
      <Notice tone="warn" action={<Button onClick={onStopHard}>Stop now</Button>}>
        Cancelled; waiting for DuckDB to stop. If it does not, the warehouse process can be restarted: nothing is lost
        but this query.
      </Notice>
    </div>
  );
}

function Done({ outcome: { kind, elapsedMs, result, changedRows }, windows }: Extract<QueryState, { status: 'done' }>) {
  if (!result || !windows) {
    return (
      <div className="p-4">
        <Notice tone="good">
          {kind} ran in {formatDuration(elapsedMs)}.{' '}
          {changedRows === null ? 'It yields no rows.' : `${formatAmount(changedRows, 'row')} written.`}
        </Notice>
      </div>
    );
  }
  return (
    <div className="flex h-full flex-col">
      <div className="min-h-0 flex-1">
        <ResultGrid key={result.resultId} columns={result.columns} windows={windows} />
      </div>
      <p
        role="status"
        className="shrink-0 border-t border-line bg-sunken px-4 py-1 text-small text-ink-soft tabular-nums"
      >
        {formatAmount(result.rows, 'row')} · {formatAmount(result.columns.length, 'column')} ·{' '}
        {formatDuration(elapsedMs)}
      </p>
    </div>
  );
}
