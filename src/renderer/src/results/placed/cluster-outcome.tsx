import { CircleStop, Download } from 'lucide-react';
import { mostClusterRows, type ClusterProgress } from '../../../../contract/cluster';
import { Button } from '../../components/button';
import { ErrorNotice } from '../../components/error-notice';
import { Notice } from '../../components/notice';
import { ProgressBar } from '../../components/progress-bar';
import type { Formats } from '../../format/formats';
import { useFormats } from '../../format/use-formats';
import { stopwatch, useNow } from '../../format/use-now';
import type { ClusterRest } from '../session/cluster-run';

/** Trino's states of a query in words. */
const states: Readonly<Record<string, string>> = {
  QUEUED: 'Waiting in the cluster’s queue',
  WAITING_FOR_PREREQUISITES: 'Waiting for the cluster',
  WAITING_FOR_RESOURCES: 'Waiting for nodes',
  DISPATCHING: 'Starting',
  PLANNING: 'Planning',
  STARTING: 'Starting',
  RUNNING: 'Running',
  FINISHING: 'Finishing',
  FINISHED: 'Fetching rows',
};

export interface RunningOnClusterProps {
  readonly startedAt: number;
  readonly progress: ClusterProgress | null;
  /** Of the progress bar. */
  readonly label: string;
  /** Null where the page has a Cancel button already. */
  readonly onCancel: (() => void) | null;
}

/** How far a query on the cluster is, from the cluster's own statistics; fits into a low pane. */
export function RunningOnCluster({ startedAt, progress, label, onCancel }: RunningOnClusterProps) {
  const formats = useFormats();
  const elapsed = useNow(stopwatch, 100) - startedAt;
  return (
    <div className="flex h-full overflow-y-auto p-2">
      <div className="m-auto flex flex-col items-center gap-2">
        <p className="text-title font-semibold" role="timer">
          {formats.elapsed(elapsed)}
        </p>
        <div className="flex w-full max-w-sm items-center gap-3">
          <div className="min-w-40 flex-1">
            <ProgressBar label={label} fraction={fractionOf(progress)} />
          </div>
          {onCancel && (
            <Button icon={CircleStop} onClick={onCancel}>
              Cancel
            </Button>
          )}
        </div>
        <div className="flex flex-wrap justify-center gap-x-5 gap-y-1 text-small">
          <p className="text-ink-soft">{progress ? stateOf(progress) : 'Connecting to the cluster'}</p>
          {progress && (
            <dl className="flex flex-wrap justify-center gap-x-5 gap-y-1">
              {figuresOf(progress, formats).map(([name, value]) => (
                <div key={name} className="flex gap-1.5">
                  <dt className="text-ink-soft">{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          )}
        </div>
      </div>
    </div>
  );
}

export interface ClusterRowsProps {
  readonly cluster: ClusterRest;
  /** Rows that have been fetched. */
  readonly rows: number;
  readonly onMore: () => void;
  readonly onStop: () => void;
}

/** Above the rows: whether the cluster has more, and which columns are text. */
export function ClusterRows({ cluster, rows, onMore, onStop }: ClusterRowsProps) {
  const formats = useFormats();
  const { notes, more, fetching, progress, error } = cluster;
  if (!more && !fetching && !error && notes.length === 0) return null;
  return (
    <div className="flex max-h-1/2 shrink-0 flex-col gap-2 overflow-y-auto p-2">
      {error && <ErrorNotice error={error} />}
      {fetching && (
        <Notice
          tone="info"
          action={
            <Button icon={CircleStop} onClick={onStop}>
              Stop
            </Button>
          }
        >
          Fetching more rows{progress && `: ${stateOf(progress).toLowerCase()}, ${splitsOf(progress, formats)} splits`}
        </Notice>
      )}
      {more && !fetching && (
        <Notice
          tone="info"
          action={
            <Button
              icon={Download}
              onClick={onMore}
              title={`Fetch up to ${formats.amount(mostClusterRows, 'more row')}`}
            >
              Fetch more
            </Button>
          }
        >
          The first {formats.amount(rows, 'row')}; the cluster has more.
        </Notice>
      )}
      {notes.length > 0 && <Notice tone="info">{notes.join(' ')}</Notice>}
    </div>
  );
}

function stateOf({ state }: ClusterProgress): string {
  return states[state] ?? 'Running';
}

/** Splits are counted while the query is planned, so the fraction may fall at first. */
function fractionOf(progress: ClusterProgress | null): number | null {
  if (!progress || progress.totalSplits === 0) return null;
  return Math.min(1, progress.completedSplits / progress.totalSplits);
}

function splitsOf({ completedSplits, totalSplits }: ClusterProgress, formats: Formats): string {
  return `${formats.count(completedSplits)} of ${formats.count(totalSplits)}`;
}

function figuresOf(progress: ClusterProgress, formats: Formats): [string, string][] {
  return [
    ['Splits', splitsOf(progress, formats)],
    ['Rows read', formats.count(progress.processedRows)],
    ['Nodes', formats.count(progress.nodes)],
  ];
}
