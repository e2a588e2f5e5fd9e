import { useQueryClient } from '@tanstack/react-query';
import { Replace, SquareTerminal } from 'lucide-react';
import { useEffect, useState } from 'react';
import { partKeys } from '../../../../contract/actions';
import type { Engine } from '../../../../contract/warehouse';
import { keyText } from '../../navigation/shortcut';
import { useConnection } from '../../client/connection-context';
import { Button } from '../../components/button';
import { EmptyState } from '../../components/empty-state';
import { ErrorNotice } from '../../components/error-notice';
import { Notice } from '../../components/notice';
import { SkeletonRows } from '../../components/skeleton';
import { ProgressBar } from '../../components/progress-bar';
import { ForceStopButton, useOverdue } from '../../components/force-stop-button';
import { useFormats } from '../../format/use-formats';
import { stopwatch, useNow } from '../../format/use-now';
import { ResultGrid } from '../../results/grid/result-grid';
import { ResultPanel } from '../../results/panel/result-panel';
import { PlanText } from '../../results/plan/plan-text';
import type { OpenedResult } from '../../results/rows/open-windows';
import type { QuerySession, QueryState } from '../../results/session/query-session';
import { ClusterRows, RunningOnCluster } from '../../results/placed/cluster-outcome';
import type { QuickFix } from './use-quick-fixes';
import { useShowSql } from '../../console/use-show-sql';

export interface ConsoleOutcomeProps {
  readonly state: QueryState;
  /** The session of the state; null if nothing has been run. */
  readonly session: QuerySession | null;
  /** Where the tab's next statement runs. */
  readonly on: Engine;
  /** Replaces the text of the statement; null if not possible. */
  readonly onRewrite: ((change: (text: string) => string) => void) | null;
  /** Replaces it and runs it. */
  readonly onRerun: ((change: (text: string) => string) => void) | null;
  /** Ways to mend the statement that failed. */
  readonly fixes: readonly QuickFix[];
}

/** The outcome of the last statement: its rows, its error, or its progress. */
export function ConsoleOutcome({ state, session, on, fixes, ...changes }: ConsoleOutcomeProps) {
  const formats = useFormats();
  switch (state.status) {
    case 'idle':
      return (
        <EmptyState icon={SquareTerminal} title="Run a query to see results">
          {on === 'local'
            ? 'Query bronze_events, silver_events, any gold_ table, or a file in the workspace.'
            : 'Query the tables of the cluster in Trino SQL: their names are completed while you type.'}{' '}
          Press {keyText(partKeys.run.keys)}.
        </EmptyState>
      );
    case 'running':
      if (state.on === 'cluster') {
        return <RunningOnCluster label="Run" startedAt={state.startedAt} progress={state.cluster} onCancel={null} />;
      }
      return state.firstRows ? <RunningWithFirstRows {...state} firstRows={state.firstRows} /> : <Running {...state} />;
    case 'stopping':
      return <Stopping since={state.cancelledAt} />;
    case 'cancelled':
      return (
        <div className="p-4">
          <Notice tone="info">Cancelled after {formats.duration(state.elapsedMs)}.</Notice>
        </div>
      );
    case 'failed':
      return (
        <div className="h-full overflow-y-auto p-4">
          <ErrorNotice error={state.error}>
            {fixes.length > 0 &&
              fixes.map(({ title, apply }) => (
                <Button key={title} icon={Replace} onClick={apply}>
                  {title}
                </Button>
              ))}
          </ErrorNotice>
        </div>
      );
    case 'done':
      return <Done state={state} session={session} {...changes} />;
  }
}

function Running({ startedAt, fraction }: { startedAt: number; fraction: number | null }) {
  const formats = useFormats();
  const elapsed = useNow(stopwatch, 100) - startedAt;
  return (
    <div className="flex h-full flex-col items-center justify-center gap-3 p-8">
      <p className="text-title font-semibold" role="timer">
        {formats.elapsed(elapsed)}
      </p>
      <div className="w-full max-w-xs">
        <ProgressBar label="Run" fraction={fraction} />
      </div>
      <p className="text-small text-ink-soft">
        {fraction === null ? 'Running' : `About ${formats.percent(Math.floor(fraction * 100) / 100)} done`}
      </p>
    </div>
  );
}

/** DuckDB checks periodically whether to stop; some functions never do. */
function Stopping({ since }: { since: number }) {
  if (!useOverdue(since)) {
    return (
      <div className="p-4">
        <Notice tone="info">Cancelling ...</Notice>
      </div>
    );
  }
  return (
    <div className="p-4">
      <Notice tone="warn" action={<ForceStopButton refresh="resume" />}>
        DuckDB hasn’t stopped this query yet. “Force stop” restarts the warehouse process; only this query is lost.
      </Notice>
    </div>
  );
}

/** The first rows can be read while the rest is loading. */
function RunningWithFirstRows({ firstRows, fraction }: { firstRows: OpenedResult; fraction: number | null }) {
  const formats = useFormats();
  return (
    <div className="flex h-full flex-col">
      <div className="min-h-0 flex-1">
        <ResultGrid columns={firstRows.result.columns} windows={firstRows.windows} />
      </div>
      <div className="flex shrink-0 items-center gap-4 border-t border-line bg-sunken px-4 py-1 text-small text-ink-soft">
        <span className="shrink-0">The first {formats.amount(firstRows.result.rows, 'row')}; the rest is coming</span>
        <ProgressBar label="Run" fraction={fraction} />
      </div>
    </div>
  );
}

interface DoneProps extends Pick<ConsoleOutcomeProps, 'session' | 'onRewrite' | 'onRerun'> {
  readonly state: Extract<QueryState, { status: 'done' }>;
}

function Done({ state, session, onRewrite, onRerun }: DoneProps) {
  const formats = useFormats();
  const { sql, parameters, arranged, outcome, on, cluster } = state;
  const queryClient = useQueryClient();
  const { kind, elapsedMs, result, changedRows } = outcome;
  const { warehouse } = useConnection();
  const showSql = useShowSql();
  const [planSessionId] = useState(() => crypto.randomUUID());
  const client = warehouse?.client;
  useEffect(
    () => () => void client?.results.closeSession({ sessionId: planSessionId }).catch(() => undefined),
    [client, planSessionId],
  );
  if (!result || !arranged) {
    return (
      <div className="p-4">
        <Notice tone="good">
          {kind} ran in {formats.duration(elapsedMs)}.{' '}
          {changedRows === null ? 'No rows returned.' : `${formats.amount(changedRows, 'row')} written.`}
        </Notice>
      </div>
    );
  }
  if (!client) return <SkeletonRows rows={8} />;
  if (kind === 'EXPLAIN' && result.rows === 1) return <PlanText client={client} result={result} />;
  const forget = () => queryClient.removeQueries({ queryKey: ['result', result.resultId] });
  return (
    <div className="flex h-full flex-col">
      {cluster && (
        <ClusterRows
          cluster={cluster}
          rows={result.rows}
          onMore={() => void session?.fetchMore(forget)}
          onStop={() => session?.stopFetching()}
        />
      )}
      <div className="min-h-0 flex-1">
        <ResultPanel
          // More rows of it are another result.
          key={`${result.resultId} ${result.rows}`}
          arranged={arranged}
          client={client}
          planSessionId={planSessionId}
          sql={sql}
          on={on}
          parameters={parameters}
          took={formats.duration(elapsedMs)}
          onShowSql={(shown) => showSql(shown, parameters)}
          onRewrite={onRewrite}
          onRerun={onRerun}
        />
      </div>
    </div>
  );
}
