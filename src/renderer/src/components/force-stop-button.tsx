import { Octagon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useMainAction } from '../client/queries';
import { Button } from './button';
import { ErrorNotice } from './error-notice';

/** Time that DuckDB has to stop before “Force stop” is offered. */
const stopMs = 2_000;

/**
 * Whether a cancelled task has taken too long to stop.
 * @param since by `performance.now()`; null if not cancelled
 */
export function useOverdue(since: number | null): boolean {
  const [overdue, setOverdue] = useState<number | null>(null);
  useEffect(() => {
    if (since === null) return undefined;
    const timer = setTimeout(() => setOverdue(since), since + stopMs - performance.now());
    return () => clearTimeout(timer);
  }, [since]);
  return since !== null && overdue === since;
}

/**
 * Restarts the warehouse process.
 * @param refresh whether a running refresh is restarted or cancelled
 */
export function ForceStopButton({ refresh }: { readonly refresh: 'resume' | 'cancel' }) {
  const stop = useMainAction((client) => client.workspace.forceStopWarehouse({ refresh }));
  return (
    <>
      <Button
        icon={Octagon}
        busy={stop.pending}
        onClick={() => stop.run()}
        title="Restarts the warehouse process. Only the task being cancelled is lost."
        className="text-bad!"
      >
        Force stop
      </Button>
      {stop.error && <ErrorNotice error={stop.error} />}
    </>
  );
}
