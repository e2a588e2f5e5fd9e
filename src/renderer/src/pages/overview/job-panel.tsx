import type { GenerationState } from '../../../../contract/generation';
import type { RefreshState } from '../../../../contract/warehouse';
import { ErrorNotice } from '../../components/error-notice';
import { GenerationProgressCard } from '../../generate/generation-progress';
import { isRefreshedSince } from '../../generate/run-news';
import { RunOutcome } from '../../generate/run-outcome';
import { RefreshedCard, RefreshFailure } from '../../refresh/refresh-outcome';
import { AdvanceProblem } from './advance-button';
import { RefreshProgressCard } from '../../refresh/refresh-progress';
import type { Jobs } from './use-jobs';

/** What is under way, and how the last of each job ended. */
export function JobPanel({ jobs }: { jobs: Jobs }) {
  const { generation, refresh, startRefresh, advance } = jobs;
  const error = startRefresh.error ?? generation.error ?? refresh.error;
  return (
    <>
      {error && <ErrorNotice error={error} />}
      <AdvanceProblem advance={advance} />
      {generation.value?.status === 'running' && <GenerationProgressCard {...generation.value} />}
      {refresh.value?.status === 'running' && <RefreshProgressCard {...refresh.value} />}
      {generation.value?.status === 'ended' && !isRefreshedSince(generation.value, jobs) && (
        <RunOutcome
          ended={generation.value}
          busy={jobs.busy || startRefresh.pending}
          onRefresh={() => startRefresh.run()}
        />
      )}
      {refresh.value?.status === 'ended' && !isOvertaken(refresh.value, generation.value) && (
        <RefreshOutcome jobs={jobs} ended={refresh.value} />
      )}
    </>
  );
}

type EndedRefresh = Extract<RefreshState, { status: 'ended' }>;

/** Whether the last run's events have not been refreshed since, and this panel says so. */
export function tellsOfNewEvents(jobs: Jobs): boolean {
  const generation = jobs.generation.value;
  return generation?.status === 'ended' && generation.outcome.succeeded && !isRefreshedSince(generation, jobs);
}

/** Whether this panel tells all that the last refresh found. */
export function tellsOfRefresh({ generation, refresh: { value: refresh }, dismissed }: Jobs): boolean {
  const succeeded = refresh?.status === 'ended' && refresh.outcome.succeeded;
  return succeeded && refresh !== dismissed && !isOvertaken(refresh, generation.value);
}

/** A refresh's end is old news once a run has changed the data after it. */
function isOvertaken({ outcome }: EndedRefresh, generation: GenerationState | undefined): boolean {
  if (generation?.status === 'running') return true;
  if (generation?.status !== 'ended' || !generation.outcome.succeeded || !outcome.succeeded) return false;
  return generation.outcome.run.finishedAt > outcome.entry.startedAt;
}

function RefreshOutcome({ jobs, ended }: { jobs: Jobs; ended: EndedRefresh }) {
  const { startRefresh, dismissed, setDismissed } = jobs;
  if (!ended.outcome.succeeded) return <RefreshFailure error={ended.outcome.error} onRefresh={startRefresh.run} />;
  if (dismissed === ended) return null;
  return <RefreshedCard entry={ended.outcome.entry} onDismiss={() => setDismissed(ended)} />;
}
