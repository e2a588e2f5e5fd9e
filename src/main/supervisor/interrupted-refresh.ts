import type { RefreshState } from '../../contract/warehouse';
import type { RefreshOrder } from './messages';

/** Name of the phase before the first step, for a refresh that crashes its process there. */
const beforeSteps = 'preparation';

/**
 * How the next warehouse process continues the refresh of one that has ended.
 * @param state of the refresh when the process ended
 * @param cause how the process ended, in words; null if the refresh is known not to be the cause
 * @returns null if no refresh was running
 */
export function resumedRefresh(state: RefreshState, order: RefreshOrder, cause: string | null): RefreshOrder | null {
  if (state.status !== 'running') return null;
  if (cause === null) return order;
  const step = state.steps.find(({ status }) => status === 'running' || status === 'failed');
  return { ...order, crashedSteps: { ...order.crashedSteps, [step?.name ?? beforeSteps]: cause } };
}
