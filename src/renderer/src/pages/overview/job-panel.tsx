import type { GenerationState } from '../../../../contract/generation';
import type { RefreshState } from '../../../../contract/warehouse';
import { ErrorNotice } from '../../components/error-notice';
import { Notice } from '../../components/notice';
import { formatAmount, formatBytes, formatCompact, formatCount } from '../../format/numbers';
import { formatDuration } from '../../format/time';
import { GenerationProgressCard } from '../../generate/generation-progress';
import { RefreshProgressCard } from './refresh-progress';
import type { Jobs } from './use-jobs';

/** What is under way, and how the last of each job ended. */
export function JobPanel({ jobs: { generation, refresh, startRefresh } }: { jobs: Jobs }) {
  const error = startRefresh.error ?? generation.error ?? refresh.error;
  return (
    <>
      {error && <ErrorNotice error={error} />}
      {generation.value?.status === 'running' && <GenerationProgressCard {...generation.value} />}
      {refresh.value?.status === 'running' && <RefreshProgressCard {...refresh.value} />}
      {generation.value?.status === 'ended' && !isOutdated(generation.value, refresh.value) && (
        <RunOutcome {...generation.value} />
      )}
      {refresh.value?.status === 'ended' && !isOvertaken(refresh.value, generation.value) && (
        <RefreshOutcome {...refresh.value} />
      )}
    </>
  );
}

type EndedRun = Extract<GenerationState, { status: 'ended' }>;
type EndedRefresh = Extract<RefreshState, { status: 'ended' }>;

/** Whether the last run's events have not been refreshed since, and this panel says so. */
export function tellsOfNewEvents({ generation: { value: generation }, refresh }: Jobs): boolean {
  return generation?.status === 'ended' && generation.outcome.succeeded && !isOutdated(generation, refresh.value);
}

/** A run's end is old news once a refresh has begun after it. */
function isOutdated({ outcome }: EndedRun, refresh: RefreshState | undefined): boolean {
  if (refresh?.status === 'running') return true;
  if (refresh?.status !== 'ended' || !refresh.outcome.succeeded || !outcome.succeeded) return false;
  return refresh.outcome.entry.startedAt >= outcome.run.finishedAt;
}

/** A refresh's end is old news once a run has changed the data after it. */
function isOvertaken({ outcome }: EndedRefresh, generation: GenerationState | undefined): boolean {
  if (generation?.status === 'running') return true;
  if (generation?.status !== 'ended' || !generation.outcome.succeeded || !outcome.succeeded) return false;
  return generation.outcome.run.finishedAt > outcome.entry.startedAt;
}

function RunOutcome({ outcome }: EndedRun) {
  if (!outcome.succeeded) {
    if (outcome.error.code === 'CANCELLED') {
      return <Notice tone="info">The run was cancelled. Nothing of it was kept.</Notice>;
    }
    return <ErrorNotice error={outcome.error} />;
  }
  const { run } = outcome;
  const elapsedMs = Date.parse(run.finishedAt) - Date.parse(run.startedAt);
  const rate = formatCompact(run.rows / Math.max(0.001, elapsedMs / 1000));
  return (
    <Notice tone="good">
      Generated {formatAmount(run.rows, 'event')} in {formatDuration(elapsedMs)}
      <span className="text-ink-soft">
        {' '}
        · {rate} rows/s · {formatAmount(run.files, 'file')} · {formatBytes(run.bytes)}.
      </span>{' '}
      Refresh to see them in the models.
    </Notice>
  );
}

function RefreshOutcome({ outcome }: EndedRefresh) {
  if (!outcome.succeeded) {
    if (outcome.error.code === 'CANCELLED') {
      return <Notice tone="info">The refresh was cancelled. The warehouse is as it was before.</Notice>;
    }
    return <ErrorNotice error={outcome.error} />;
  }
  const { startedAt, finishedAt, modelRows } = outcome.entry;
  const models = Object.entries(modelRows ?? {}).map(([name, rows]) => `${name} ${formatCount(rows)}`);
  return (
    <Notice tone="good">
      Refreshed in {formatDuration(Date.parse(finishedAt) - Date.parse(startedAt))}
      <span className="text-ink-soft"> · rows: {models.join(' · ')}</span>
    </Notice>
  );
}
