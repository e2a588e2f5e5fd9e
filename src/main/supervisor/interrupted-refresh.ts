import type { RefreshState } from '../../contract/warehouse';
import type { RefreshOrder } from './messages';

/** The name of the time before the first step, for a refresh that ends its process there. */
const beforeSteps = 'preparation';

/**
 * How the next warehouse process is to go on with the refresh of one that has ended.
 * @param state of the refresh when the process ended
 * @param cause how the process ended, in words; null where the refresh is known to have no part in it
 * @returns null where no refresh was running
 */
export function resumedRefresh(state: RefreshState, order: RefreshOrder, cause: string | null): RefreshOrder | null {
  if (state.status !== 'running') return null;
  if (cause === null) return order;
  const step = state.steps.find(({ status }) => status === 'running' || status === 'failed');
  return { ...order, crashedSteps: { ...order.crashedSteps, [step?.name ?? beforeSteps]: cause } };
}
