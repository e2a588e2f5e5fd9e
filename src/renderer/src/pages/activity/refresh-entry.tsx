import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { RefreshLogEntry } from '../../../../contract/warehouse';
import { ErrorNotice } from '../../components/error-notice';
import { formatAmount, formatBytes } from '../../format/numbers';
import { describeRefresh, failedChecks } from '../../refresh/describe-refresh';
import { RefreshReport } from '../../refresh/refresh-report';
import { StepList } from '../../refresh/step-list';
import { Entry, Facts } from './activity-entry';

/** A refresh: what it read, built, found and exported, or at which step it failed and why. */
export function RefreshEntry({ refresh }: { refresh: RefreshLogEntry }) {
  // What it found is read when somebody wants to see it: there may be hundreds.
  const [opened, setOpened] = useState(false);
  const succeeded = refresh.status === 'succeeded';
  return (
    <Entry
      icon={RefreshCw}
      title={`Refresh ${refresh.refreshId}${failedChecks(refresh)}`}
      job={refresh}
      figure={refresh.mode ?? formatAmount(refresh.files, 'file')}
      onOpen={() => setOpened(true)}
    >
      {succeeded ? <Succeeded refresh={refresh} opened={opened} /> : <Unfinished refresh={refresh} />}
    </Entry>
  );
}

function Succeeded({ refresh, opened }: { refresh: RefreshLogEntry; opened: boolean }) {
  return (
    <>
      <p className="mb-2 text-small text-ink-soft">{describeRefresh(refresh)}</p>
      <div className="overflow-hidden rounded-medium border border-line">
        {opened && <RefreshReport entry={refresh} />}
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
