import { CalendarDays } from 'lucide-react';
import { hrefTo } from '../../app/route';
import { errorReportOf } from '../../client/error-report';
import { usePartitions } from '../../client/queries';
import { EmptyState } from '../../components/empty-state';
import { ErrorNotice } from '../../components/error-notice';
import { Page } from '../../components/page';
import { SkeletonCard } from '../../components/skeleton';
import { formatAmount, formatBytes } from '../../format/numbers';
import { DaysView } from './days-view';
import { totalsOf, type PartitionTotals } from './totals';

/** Which days have what? */
export default function PartitionsPage() {
  const { data, error, refetch } = usePartitions();
  const totals = data && totalsOf(data);
  return (
    <Page title="Partitions" note={totals && totals.files > 0 && <Totals {...totals} />} fill>
      {error && <ErrorNotice error={errorReportOf(error)} onRetry={() => void refetch()} className="mb-4" />}
      {totals && totals.damagedFiles.length > 0 && <Damage files={totals.damagedFiles} />}
      {data && data.length > 0 && <DaysView partitions={data} />}
      {data?.length === 0 && <NoPartitions />}
      {!data && !error && <SkeletonCard className="flex-1" />}
    </Page>
  );
}

function Totals({ days, files, rows, bytes }: PartitionTotals) {
  return [formatAmount(days, 'day'), formatAmount(files, 'file'), formatAmount(rows, 'row'), formatBytes(bytes)].join(
    ' · ',
  );
}

function Damage({ files }: { files: readonly string[] }) {
  return (
    <ErrorNotice
      className="mb-4"
      error={{
        code: 'PARQUET_DAMAGED',
        message: `${formatAmount(files.length, 'file')} can't be read as Parquet.`,
        action: 'Regenerate the days that are marked, or move what does not belong out of data/events.',
        cause: files.join('\n'),
      }}
    />
  );
}

function NoPartitions() {
  return (
    <EmptyState
      icon={CalendarDays}
      title="No partitions yet"
      action={
        <a href={hrefTo('overview')} className="rounded-small font-medium text-accent-ink hover:underline">
          Go to the Overview
        </a>
      }
    >
      A partition is one day of events, in a folder of its own. Generate makes them.
    </EmptyState>
  );
}
