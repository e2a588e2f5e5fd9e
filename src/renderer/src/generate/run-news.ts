import type { GenerationState } from '../../../contract/generation';
import type { RefreshState } from '../../../contract/warehouse';
import type { Watched } from '../client/use-watch';

export type EndedRun = Extract<GenerationState, { status: 'ended' }>;

interface Refreshes {
  readonly refresh: Watched<RefreshState>;
  /** When the last refresh that succeeded began; empty while there is none, undefined until that is known. */
  readonly refreshedAt: string | undefined;
}

/** A run's end is old news once a refresh has begun after it, and has not failed; none until it is known whether. */
export function isRefreshedSince({ outcome }: EndedRun, { refresh: { value }, refreshedAt }: Refreshes): boolean {
  if (value?.status === 'running' || refreshedAt === undefined) return true;
  if (!outcome.succeeded) return false;
  const { finishedAt } = outcome.run;
  const isNewer = value?.status === 'ended' && value.outcome.succeeded && value.outcome.entry.startedAt >= finishedAt;
  return isNewer || refreshedAt >= finishedAt;
}
