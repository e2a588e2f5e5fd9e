import { useQueryClient } from '@tanstack/react-query';
import { Lock, LockOpen } from 'lucide-react';
import type { ErrorReport } from '../../../contract/app-error';
import { useDatabaseFileState } from '../client/live-state';
import { useWarehouseAction } from '../client/queries';
import { readAgain } from '../client/read-again';
import { Button } from '../components/button';
import { ErrorNotice } from '../components/error-notice';

/** Whether the app has the database file open, and a button to release it for other programs. */
export function DatabaseFile({ busy }: { busy: boolean }) {
  const { value: state } = useDatabaseFileState();
  const release = useWarehouseAction((client) => client.databaseFile.release());
  if (state === undefined || state.status === 'closed') return null;
  if (state.status === 'released') {
    return (
      <p className="flex items-center gap-1.5 text-small text-ink-soft" title="The next query or refresh reopens it">
        <LockOpen size={13} aria-hidden />
        Database file released{state.by === 'idle' ? ' while idle' : ''}: other programs can open it
      </p>
    );
  }
  return (
    <>
      <Button
        look="quiet"
        icon={Lock}
        busy={release.pending}
        disabled={busy}
        title="Lets other programs open micro_warehouse.duckdb while this window is open"
        onClick={() => release.run()}
      >
        Release database file
      </Button>
      {release.error && <ErrorNotice error={release.error} className="w-full" />}
    </>
  );
}

/** Why the database file can't be read; if another program has it open, Try again opens it once it is free. */
export function DatabaseProblem({ problem }: { problem: ErrorReport }) {
  const queryClient = useQueryClient();
  const open = useWarehouseAction((client) => client.databaseFile.open());
  const retry = () => open.run(undefined, { onSettled: () => void readAgain(queryClient) });
  return <ErrorNotice error={problem} onRetry={problem.code === 'DATABASE_LOCKED' ? retry : undefined} />;
}
