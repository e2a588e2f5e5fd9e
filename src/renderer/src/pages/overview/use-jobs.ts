import { useState } from 'react';
import type { RefreshRequest, RefreshState } from '../../../../contract/warehouse';
import { useGenerationState, useJobsRunning, useRefreshState } from '../../client/live-state';
import { useWarehouseAction } from '../../client/queries';

/** The two jobs of a workspace, and what the user may do about them now. */
export function useJobs() {
  const generation = useGenerationState();
  const refresh = useRefreshState();
  const busy = useJobsRunning();
  const startRefresh = useWarehouseAction<Partial<RefreshRequest> | void>((client, request) =>
    client.refresh.start(request ?? {}),
  );
  const [dismissed, setDismissed] = useState<RefreshState>();

  return {
    generation,
    refresh,
    busy,
    startRefresh,
    /** The end of a refresh that the user has seen enough of. */
    dismissed,
    setDismissed,
  };
}

export type Jobs = ReturnType<typeof useJobs>;
