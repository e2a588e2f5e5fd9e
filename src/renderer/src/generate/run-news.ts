import type { GenerationState } from '../../../contract/generation';
import type { RefreshState } from '../../../contract/warehouse';

export type EndedRun = Extract<GenerationState, { status: 'ended' }>;

/** Whether a refresh has begun after a run ended: the run's end is old news then. */
export function isRefreshedSince({ outcome }: EndedRun, refresh: RefreshState | undefined): boolean {
  if (refresh?.status === 'running') return true;
  if (refresh?.status !== 'ended' || !refresh.outcome.succeeded || !outcome.succeeded) return false;
  return refresh.outcome.entry.startedAt >= outcome.run.finishedAt;
}
