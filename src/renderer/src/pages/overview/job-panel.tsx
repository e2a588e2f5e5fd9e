import type { GenerationState } from '../../../../contract/generation';
import type { RefreshState } from '../../../../contract/warehouse';
import { ErrorNotice } from '../../components/error-notice';
import { GenerationProgressCard } from '../../generate/generation-progress';
import { isRefreshedSince, type EndedRun } from '../../generate/run-news';
import { RunFailure, RunSummary } from '../../generate/run-outcome';
import { RefreshedCard, RefreshFailure } from '../../refresh/refresh-outcome';
import { AdvanceProblem } from './advance-button';
import { RefreshProgressCard } from '../../refresh/refresh-progress';
import type { Jobs } from './use-jobs';

/** The running job, and the outcome of the last one of each kind. */
export function JobPanel({ jobs }: { jobs: Jobs }) {
  const { generation, refresh, startRefresh, advance } = jobs;
  const refreshEnd = shownRefresh(jobs);
  const error = startRefresh.error ?? generation.error ?? refresh.error;
  return (
    <>
      {error && <ErrorNotice error={error} />}
      <AdvanceProblem advance={advance} />
      {generation.value?.status === 'running' && <GenerationProgressCard {...generation.value} />}
      {refresh.value?.status === 'running' && <RefreshProgressCard {...refresh.value} />}
      {generation.value?.status === 'ended' && !isRefreshedSince(generation.value, jobs) && (
        <RunEnd jobs={jobs} ended={generation.value} />
      )}
      {refreshEnd && <RefreshEnd jobs={jobs} ended={refreshEnd} />}
    </>
  );
}

type EndedRefresh = Extract<RefreshState, { status: 'ended' }>;

/** Whether the events of the last run await a refresh, and this panel says so. */
export function tellsOfNewEvents(jobs: Jobs): boolean {
  const generation = jobs.generation.value;
  return generation?.status === 'ended' && generation.outcome.succeeded && !isRefreshedSince(generation, jobs);
}

/** Whether this panel shows the full report of the last refresh. */
export function tellsOfRefresh(jobs: Jobs): boolean {
  return shownRefresh(jobs)?.outcome.succeeded ?? false;
}

/** Whether this panel reports that damaged files stopped the last refresh, with the remedy. */
export function tellsOfDamage(jobs: Jobs): boolean {
  const outcome = shownRefresh(jobs)?.outcome;
  return outcome?.succeeded === false && outcome.error.code === 'PARQUET_DAMAGED';
}

/** The refresh outcome on show. */
function shownRefresh({ generation, refresh: { value: refresh }, isDismissed }: Jobs): EndedRefresh | null {
  if (refresh?.status !== 'ended' || isDismissed(refresh) || isOvertaken(refresh, generation.value)) return null;
  return refresh;
}

/** A refresh outcome is outdated once a run has changed the data. */
function isOvertaken({ outcome }: EndedRefresh, generation: GenerationState | undefined): boolean {
  if (generation?.status === 'running') return true;
  if (generation?.status !== 'ended' || !generation.outcome.succeeded || !outcome.succeeded) return false;
  return generation.outcome.run.finishedAt > outcome.entry.startedAt;
}

function RunEnd({ jobs, ended }: { jobs: Jobs; ended: EndedRun }) {
  const { busy, startRefresh, isDismissed, dismiss } = jobs;
  const { outcome } = ended;
  if (isDismissed(ended)) return null;
  if (!outcome.succeeded) return <RunFailure {...outcome} busy={busy} onDismiss={() => dismiss(ended)} />;
  return <RunSummary run={outcome.run} busy={busy || startRefresh.pending} onRefresh={() => startRefresh.run()} />;
}

function RefreshEnd({ jobs, ended }: { jobs: Jobs; ended: EndedRefresh }) {
  const { startRefresh, dismiss } = jobs;
  const { outcome } = ended;
  const onDismiss = () => dismiss(ended);
  if (outcome.succeeded) return <RefreshedCard entry={outcome.entry} onDismiss={onDismiss} />;
  return <RefreshFailure error={outcome.error} onRefresh={startRefresh.run} onDismiss={onDismiss} />;
}
