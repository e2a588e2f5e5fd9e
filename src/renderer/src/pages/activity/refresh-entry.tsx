import { FileX, RefreshCw, RotateCw } from 'lucide-react';
import type { RefreshLogEntry } from '../../../../contract/warehouse';
import { useJobsRunning } from '../../client/live-state';
import { describeOrigin } from '../../cluster/origin-note';
import { hostOf } from '../../cluster/use-cluster';
import { useStartRefresh } from '../../cluster/use-start-refresh';
import { Button } from '../../components/button';
import { ErrorNotice } from '../../components/error-notice';
import { useFormats } from '../../format/use-formats';
import { describeRefresh, failedChecks } from '../../refresh/describe-refresh';
import { RefreshReport } from '../../refresh/refresh-report';
import { StepList } from '../../refresh/step-list';
import { Entry, Facts } from './activity-entry';

export interface RefreshEntryProps {
  readonly refresh: RefreshLogEntry;
  readonly longestMs: number;
  readonly chosen: boolean;
}

/** A refresh: files read, models built, findings and exports, or the step that failed and why. */
export function RefreshEntry({ refresh, longestMs, chosen }: RefreshEntryProps) {
  const formats = useFormats();
  const succeeded = refresh.status === 'succeeded';
  return (
    <Entry
      icon={RefreshCw}
      title={`Refresh ${refresh.refreshId}${placeOf(refresh)}${failedChecks(refresh, formats)}`}
      job={refresh}
      flawed={(refresh.checksFailed ?? 0) > 0}
      longestMs={longestMs}
      chosen={chosen}
      figure={refresh.mode ?? formats.amount(refresh.files, 'file')}
    >
      {succeeded ? <Succeeded refresh={refresh} /> : <Unfinished refresh={refresh} />}
      <RefreshAgain refresh={refresh} />
    </Entry>
  );
}

/** Suffix for a refresh on a cluster: ` on trino.example.com`. */
function placeOf({ cluster }: RefreshLogEntry): string {
  return cluster ? ` on ${hostOf(cluster.server)}` : '';
}

function Succeeded({ refresh }: { refresh: RefreshLogEntry }) {
  const formats = useFormats();
  return (
    <>
      <p className="mb-2 text-small text-ink-soft">{describeRefresh(refresh, formats)}</p>
      {refresh.cluster && (
        <p className="mb-2 text-small text-ink-soft">{`Gold is of ${describeOrigin(refresh.cluster, formats)}`}</p>
      )}
      <div className="overflow-hidden rounded-medium border border-line">
        <RefreshReport entry={refresh} />
      </div>
    </>
  );
}

function Unfinished({ refresh }: { refresh: RefreshLogEntry }) {
  const formats = useFormats();
  const { error, files, bytes } = refresh;
  const steps = refresh.steps ?? [];
  return (
    <div className="@container flex flex-col gap-3">
      {error && <ErrorNotice error={error} />}
      <Facts facts={[['Files', `${formats.amount(files, 'file')}, ${formats.bytes(bytes)}`]]} />
      {steps.length > 0 && <StepList steps={steps} />}
    </div>
  );
}

/** Repeats a refresh in the same mode. If a damaged file stopped it, offers to skip that too. */
function RefreshAgain({ refresh: { mode, error, cluster } }: { refresh: RefreshLogEntry }) {
  const running = useJobsRunning();
  const again = useStartRefresh();
  const on = cluster ? ('cluster' as const) : ('local' as const);
  return (
    <div className="mt-3">
      <div className="flex gap-2">
        <Button
          icon={RotateCw}
          disabled={running}
          busy={again.pending}
          onClick={() => again.run({ on, mode: mode === 'full' ? 'full' : 'auto' })}
        >
          {mode === 'full' ? 'Full refresh again' : 'Refresh again'}
        </Button>
        {error?.code === 'PARQUET_DAMAGED' && (
          <Button icon={FileX} disabled={running || again.pending} onClick={() => again.run({ on, skipDamaged: true })}>
            Refresh without damaged files
          </Button>
        )}
      </div>
      {again.error && <ErrorNotice error={again.error} className="mt-3" />}
    </div>
  );
}
