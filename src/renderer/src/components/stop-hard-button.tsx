import { Octagon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useMainAction } from '../client/queries';
import { Button } from './button';
import { ErrorNotice } from './error-notice';

/** How long DuckDB may take to stop before the user is offered another way. */
const stopMs = 2_000;

/** Whether something that was asked to stop has taken too long. @param since by `performance.now()`; null: not asked */
export function useOverdue(since: number | null): boolean {
  const [overdue, setOverdue] = useState<number | null>(null);
  useEffect(() => {
    if (since === null) return undefined;
    const timer = setTimeout(() => setOverdue(since), since + stopMs - performance.now());
    return () => clearTimeout(timer);
  }, [since]);
  return since !== null && overdue === since;
}

/** Restarts the warehouse process. @param refresh what becomes of a refresh that runs */
export function StopHardButton({ refresh }: { readonly refresh: 'resume' | 'cancel' }) {
  const stop = useMainAction((client) => client.workspace.stopWarehouse({ refresh }));
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
