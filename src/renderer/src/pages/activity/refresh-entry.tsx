import { RefreshCw, RotateCw } from 'lucide-react';
import type { RefreshLogEntry } from '../../../../contract/warehouse';
import { useJobsRunning } from '../../client/live-state';
import { useWarehouseAction } from '../../client/queries';
import { Button } from '../../components/button';
import { ErrorNotice } from '../../components/error-notice';
import { formatAmount, formatBytes } from '../../format/numbers';
import { describeRefresh, failedChecks } from '../../refresh/describe-refresh';
import { RefreshReport } from '../../refresh/refresh-report';
import { StepList } from '../../refresh/step-list';
import { Entry, Facts } from './activity-entry';

/** A refresh: what it read, built, found and exported, or at which step it failed and why. */
export function RefreshEntry({ refresh, chosen }: { refresh: RefreshLogEntry; chosen: boolean }) {
  const succeeded = refresh.status === 'succeeded';
  return (
    <Entry
      icon={RefreshCw}
      title={`Refresh ${refresh.refreshId}${failedChecks(refresh)}`}
      job={refresh}
      chosen={chosen}
      figure={refresh.mode ?? formatAmount(refresh.files, 'file')}
    >
      {succeeded ? <Succeeded refresh={refresh} /> : <Unfinished refresh={refresh} />}
      <RefreshAgain refresh={refresh} />
    </Entry>
  );
}

function Succeeded({ refresh }: { refresh: RefreshLogEntry }) {
  return (
    <>
      <p className="mb-2 text-small text-ink-soft">{describeRefresh(refresh)}</p>
      <div className="overflow-hidden rounded-medium border border-line">
        <RefreshReport entry={refresh} />
      </div>
    </>
  );
}

function Unfinished({ refresh }: { refresh: RefreshLogEntry }) {
  const { error, files, bytes } = refresh;
  const steps = refresh.steps ?? [];
  return (
    <div className="@container flex flex-col gap-3">
      {error && <ErrorNotice error={error} />}
      <Facts facts={[['Files', `${formatAmount(files, 'file')}, ${formatBytes(bytes)}`]]} />
      {steps.length > 0 && <StepList steps={steps} />}
    </div>
  );
}

/** Refreshes once more, the same way: what was full will be full. */
function RefreshAgain({ refresh: { mode } }: { refresh: RefreshLogEntry }) {
  const running = useJobsRunning();
  const again = useWarehouseAction((client) => client.refresh.start({ mode: mode === 'full' ? 'full' : 'auto' }));
  return (
    <div className="mt-3">
      <Button icon={RotateCw} disabled={running} busy={again.pending} onClick={() => again.run()}>
        {mode === 'full' ? 'Full refresh again' : 'Refresh again'}
      </Button>
      {again.error && <ErrorNotice error={again.error} className="mt-3" />}
    </div>
  );
}
