import { useGenerationState, useJobsRunning, useRefreshState } from '../../client/live-state';
import { useWarehouseAction } from '../../client/queries';

/** The two jobs of a workspace, and what the user may do about them now. */
export function useJobs() {
  const generation = useGenerationState();
  const refresh = useRefreshState();
  const busy = useJobsRunning();
  const startRefresh = useWarehouseAction((client) => client.refresh.start());
  return { generation, refresh, busy, startRefresh };
}

export type Jobs = ReturnType<typeof useJobs>;
