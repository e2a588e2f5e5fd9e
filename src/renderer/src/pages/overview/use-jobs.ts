import { useState } from 'react';
import { useStartRefresh } from '../../cluster/use-start-refresh';
import { useDismissedNews } from '../../notifications/dismissed-news';
import { useGenerationState, useJobsRunning, useRefreshState } from '../../client/live-state';
import { useMainAction, useRefreshedAt } from '../../client/queries';

/** The two jobs of a workspace, and the available actions. */
export function useJobs() {
  const generation = useGenerationState();
  const refresh = useRefreshState();
  const busy = useJobsRunning();
  const refreshedAt = useRefreshedAt();
  const startRefresh = useStartRefresh();
  const advance = useAdvance();
  const { isDismissed, dismiss } = useDismissedNews();

  return {
    generation,
    refresh,
    busy,
    /** When the last successful refresh began; empty for none, undefined until known. */
    refreshedAt,
    startRefresh,
    advance,
    /** Whether the user has dismissed the outcome of a run or a refresh. */
    isDismissed,
    dismiss,
  };
}

/** Appends days after the last one; remembers the number, in case the user has to confirm. */
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
