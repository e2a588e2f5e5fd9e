import { useState } from 'react';
import type { RefreshRequest } from '../../../../contract/warehouse';
import { useDismissedNews } from '../../notifications/dismissed-news';
import { useGenerationState, useJobsRunning, useRefreshState } from '../../client/live-state';
import { useMainAction, useRefreshedAt, useWarehouseAction } from '../../client/queries';

/** The two jobs of a workspace, and what the user may do about them now. */
export function useJobs() {
  const generation = useGenerationState();
  const refresh = useRefreshState();
  const busy = useJobsRunning();
  const refreshedAt = useRefreshedAt();
  const startRefresh = useWarehouseAction<Partial<RefreshRequest> | void>((client, request) =>
    client.refresh.start(request ?? {}),
  );
  const advance = useAdvance();
  const { isDismissed, dismiss } = useDismissedNews();

  return {
    generation,
    refresh,
    busy,
    /** When the last refresh that succeeded began; empty while there is none, undefined until that is known. */
    refreshedAt,
    startRefresh,
    advance,
    /** Whether the user has seen enough of the end of a run or a refresh. */
    isDismissed,
    dismiss,
  };
}

/** Appends days after the last one; remembers how many, in case the user is asked whether they fit. */
function useAdvance() {
  const [days, setDays] = useState(1);
  const { run, pending, error } = useMainAction((client, request: { days: number; confirmed: boolean }) =>
    client.generation.advance(request),
  );
  return {
    days,
    pending,
    error,
    run: (wanted: number, confirmed = false) => {
      setDays(wanted);
      run({ days: wanted, confirmed });
    },
  };
}

export type Jobs = ReturnType<typeof useJobs>;
