import type { GenerationState } from '../../../contract/generation';
import type { RefreshState } from '../../../contract/warehouse';
import type { Watched } from '../client/use-watch';

export type EndedRun = Extract<GenerationState, { status: 'ended' }>;

interface Refreshes {
  readonly refresh: Watched<RefreshState>;
  /** When the last successful refresh began; empty for none, undefined until known. */
  readonly refreshedAt: string | undefined;
}

/** Whether a refresh began after the run ended, and has not failed; undefined until known. */
export function isRefreshedSince({ outcome }: EndedRun, { refresh: { value }, refreshedAt }: Refreshes): boolean {
  if (value?.status === 'running' || refreshedAt === undefined) return true;
  if (!outcome.succeeded) return false;
  const { finishedAt } = outcome.run;
  const isNewer = value?.status === 'ended' && value.outcome.succeeded && value.outcome.entry.startedAt >= finishedAt;
  return isNewer || refreshedAt >= finishedAt;
}
