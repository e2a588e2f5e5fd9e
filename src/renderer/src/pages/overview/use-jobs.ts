import { useState } from 'react';
import type { RefreshRequest, RefreshState } from '../../../../contract/warehouse';
import { useGenerationState, useJobsRunning, useRefreshState } from '../../client/live-state';
import { useMainAction, useWarehouseAction } from '../../client/queries';

interface Advance {
  readonly days: number;
  /** Whether the user has agreed to how much it takes. */
  readonly confirmed?: boolean;
}

/** The two jobs of a workspace, and what the user may do about them now. */
export function useJobs() {
  const generation = useGenerationState();
  const refresh = useRefreshState();
  const busy = useJobsRunning();
  const startRefresh = useWarehouseAction<Partial<RefreshRequest> | void>((client, request) =>
    client.refresh.start(request ?? {}),
  );
  const advance = useMainAction((client, request: Advance) => client.generation.advance(request));
  const [dismissed, setDismissed] = useState<RefreshState>();

  return {
    generation,
    refresh,
    busy,
    startRefresh,
    /** Appends days after the last one. */
    advance,
    /** The end of a refresh that the user has seen enough of. */
    dismissed,
    setDismissed,
  };
}

export type Jobs = ReturnType<typeof useJobs>;
