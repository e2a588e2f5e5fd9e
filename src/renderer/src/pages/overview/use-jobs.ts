import { useState } from 'react';
import type { RefreshRequest, RefreshState } from '../../../../contract/warehouse';
import { useGenerationState, useRefreshState } from '../../client/live-state';
import { useSummary, useWarehouseAction } from '../../client/queries';

/** The two jobs of a workspace, and what the user may do about them now. */
export function useJobs() {
  const generation = useGenerationState();
  const refresh = useRefreshState();
  const refreshedAt = useSummary().data?.lastRefresh?.startedAt ?? '';
  const startRefresh = useWarehouseAction<Partial<RefreshRequest> | void>((client, request) =>
    client.refresh.start(request ?? {}),
  );
  const [choosing, setChoosing] = useState(false);
  const [dismissed, setDismissed] = useState<RefreshState>();
  // A refresh in the middle of a run would read some of its files, and a run would change files under a refresh.
  const busy = generation.value?.status === 'running' || refresh.value?.status === 'running';

  return {
    generation,
    refresh,
    busy,
    /** When the last refresh that succeeded began; empty while there is none. */
    refreshedAt,
    startRefresh,
    /** The end of a refresh that the user has seen enough of. */
    dismissed,
    setDismissed,
    /** Whether the options of a new run are being asked for. */
    choosing: choosing && !busy,
    setChoosing,
  };
}

export type Jobs = ReturnType<typeof useJobs>;
