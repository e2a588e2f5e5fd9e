import type { GenerationState } from '../../../../contract/generation';
import type { RefreshState } from '../../../../contract/warehouse';
import { ErrorNotice } from '../../components/error-notice';
import { Notice } from '../../components/notice';
import { formatAmount, formatBytes, formatCompact } from '../../format/numbers';
import { formatDuration } from '../../format/time';
import { GenerationProgressCard } from '../../generate/generation-progress';
import { RefreshedCard, RefreshFailure } from '../../refresh/refresh-outcome';
import { RefreshProgressCard } from './refresh-progress';
import type { Jobs } from './use-jobs';

/** What is under way, and how the last of each job ended. */
export function JobPanel({ jobs }: { jobs: Jobs }) {
  const { generation, refresh, startRefresh } = jobs;
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
        <RefreshOutcome jobs={jobs} ended={refresh.value} />
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

/** Whether this panel tells all that the last refresh found. */
export function tellsOfRefresh({ generation, refresh: { value: refresh }, dismissed }: Jobs): boolean {
  const succeeded = refresh?.status === 'ended' && refresh.outcome.succeeded;
  return succeeded && refresh !== dismissed && !isOvertaken(refresh, generation.value);
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

function RefreshOutcome({ jobs, ended }: { jobs: Jobs; ended: EndedRefresh }) {
  const { startRefresh, dismissed, setDismissed } = jobs;
  if (!ended.outcome.succeeded) return <RefreshFailure error={ended.outcome.error} onRefresh={startRefresh.run} />;
  if (dismissed === ended) return null;
  return <RefreshedCard entry={ended.outcome.entry} onDismiss={() => setDismissed(ended)} />;
}
