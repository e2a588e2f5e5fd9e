import { useQueryClient } from '@tanstack/react-query';
import { Download, Server } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PlacedSql } from '../../cluster/placed';
import { useRowsAway, type RowsAway } from '../../cluster/rows-away';
import { Button } from '../../components/button';
import { EmptyState } from '../../components/empty-state';
import { Notice } from '../../components/notice';
import { SkeletonRows } from '../../components/skeleton';
import { useFormats } from '../../format/use-formats';
import { ResultView } from '../result-view';
import type { QueryState } from '../session/query-session';
import { useFetched, type Fetched } from '../session/use-fetched';
import { useResult } from '../session/use-result';
import { ClusterRows, RunningOnCluster } from './cluster-outcome';

/** A statement that has rows. */
export type DoneState = Extract<QueryState, { status: 'done' }>;

export interface PlacedRowsProps {
  readonly statement: PlacedSql;
  /** What to say if there are none. */
  readonly empty: string;
  /** Whether to fetch from a cluster without waiting for the user. */
  readonly atOnce?: boolean;
  /** Draws the rows; a plain grid if not given. */
  readonly children?: ((done: DoneState) => ReactNode) | undefined;
  /** The line below the rows: how many of them these are, said only once they are there, and commands. */
  readonly footer?: { readonly extent: string; readonly actions?: ReactNode } | undefined;
}

/**
 * The rows of one of the app's own statements: read here at once, or fetched from the cluster when the user asks. The
 * only place where the two part.
 */
export function PlacedRows(props: PlacedRowsProps) {
  const away = useRowsAway();
  const { on, sql } = props.statement;
  if (on === 'local') return <RowsHere {...props} />;
  return away ? <RowsOfCluster key={sql} {...props} away={away} /> : <SkeletonRows rows={20} />;
}

function RowsHere({ statement, empty, children, footer }: PlacedRowsProps) {
  const state = useResult(statement.sql);
  return (
    <Framed footer={footer} areThere={state.status === 'done'}>
      <Drawn state={state} empty={empty} draw={children} />
    </Framed>
  );
}

function RowsOfCluster({ away, ...props }: PlacedRowsProps & { away: RowsAway }) {
  const { statement, atOnce = false, footer } = props;
  const fetched = useFetched(statement.sql, atOnce && away.reachable);
  return (
    <Framed footer={footer} areThere={fetched.state.status === 'done'}>
      {away.reachable ? (
        <FetchedRows {...props} {...fetched} host={away.host} />
      ) : (
        <EmptyState icon={Server} title="The rows are on a cluster">
          {away.reason}
        </EmptyState>
      )}
    </Framed>
  );
}

interface FramedProps {
  readonly footer: PlacedRowsProps['footer'];
  readonly areThere: boolean;
  readonly children: ReactNode;
}

function Framed({ footer, areThere, children }: FramedProps) {
  if (!footer) return children;
  return (
    <div className="flex h-full flex-col">
      <div className="min-h-0 flex-1">{children}</div>
      <div className="flex min-h-6 shrink-0 items-center justify-between border-t border-line bg-sunken pr-1 pl-4 text-small text-ink-soft">
        <p>{areThere && footer.extent}</p>
        {footer.actions}
      </div>
    </div>
  );
}

type FetchedRowsProps = PlacedRowsProps & Fetched & { readonly host: string };

function FetchedRows({ empty, atOnce = false, children, host, state, session, fetch }: FetchedRowsProps) {
  const queryClient = useQueryClient();
  switch (state.status) {
    case 'idle':
      if (atOnce) return <SkeletonRows rows={20} />;
      return <ToFetch host={host} onFetch={session && fetch} />;
    case 'running':
      return (
        <RunningOnCluster
          label="Rows of the cluster"
          startedAt={state.startedAt}
          progress={state.cluster}
          onCancel={() => session?.cancel()}
        />
      );
    case 'stopping':
    case 'cancelled':
      return <Stopped state={state} onFetch={fetch} />;
    case 'failed':
      return <ResultView state={state} empty={empty} />;
    case 'done': {
      const { resultId, rows = 0 } = state.outcome.result ?? {};
      const forget = () => queryClient.removeQueries({ queryKey: ['result', resultId] });
      return (
        <div className="flex h-full flex-col">
          {state.cluster && (
            <ClusterRows
              cluster={state.cluster}
              rows={rows}
              onMore={() => void session?.fetchMore(forget)}
              onStop={() => session?.stopFetching()}
            />
          )}
          <div className="min-h-0 flex-1">
            <Drawn state={state} empty={empty} draw={children} />
          </div>
        </div>
      );
    }
  }
}

/** Fits into a low pane. */
function ToFetch({ host, onFetch }: { host: string; onFetch: (() => void) | null }) {
  return (
    <div className="flex h-full overflow-y-auto p-2">
      <div className="m-auto flex flex-col items-center gap-3">
        <p className="flex items-center gap-2 font-semibold">
          <Server size={16} aria-hidden className="shrink-0 text-ink-faint" />
          {`The rows are on ${host}`}
        </p>
        <Button look="primary" icon={Download} disabled={!onFetch} onClick={() => onFetch?.()}>
          Fetch rows
        </Button>
      </div>
    </div>
  );
}

interface StoppedProps {
  readonly state: Extract<QueryState, { status: 'stopping' | 'cancelled' }>;
  readonly onFetch: () => void;
}

function Stopped({ state, onFetch }: StoppedProps) {
  const formats = useFormats();
  if (state.status === 'stopping') {
    return (
      <div className="p-4">
        <Notice tone="info">Cancelling…</Notice>
      </div>
    );
  }
  return (
    <div className="p-4">
      <Notice
        tone="info"
        action={
          <Button icon={Download} onClick={onFetch}>
            Fetch rows
          </Button>
        }
      >
        Cancelled after {formats.duration(state.elapsedMs)}.
      </Notice>
    </div>
  );
}

function Drawn({ state, empty, draw }: { state: QueryState; empty: string; draw: PlacedRowsProps['children'] }) {
  if (draw && state.status === 'done' && state.arranged && state.outcome.result?.rows !== 0) return draw(state);
  return <ResultView state={state} empty={empty} />;
}
