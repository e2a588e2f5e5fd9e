import { CalendarDays } from 'lucide-react';
import { hrefTo } from '../../navigation/route';
import { errorReportOf } from '../../client/error-report';
import { OriginNote } from '../../cluster/origin-note';
import { hostOf, useCluster, useOrigin } from '../../cluster/use-cluster';
import { usePartitions, useSummary } from '../../client/queries';
import { ButtonLink } from '../../components/button';
import { classNames } from '../../components/class-names';
import { EmptyState } from '../../components/empty-state';
import { ErrorNotice } from '../../components/error-notice';
import { Notice } from '../../components/notice';
import { Page } from '../../components/page';
import { Skeleton, SkeletonRows } from '../../components/skeleton';
import { pane } from '../../components/surface';
import { useFormats } from '../../format/use-formats';
import { DatabaseProblem } from '../../refresh/database-file';
import { columns, DaysView, stacked } from './days-view';
import { totalsOf, type PartitionTotals } from './table/totals';

/** All days with their files. */
export default function PartitionsPage() {
  const { data, error, isFetching, refetch } = usePartitions();
  const totals = data && totalsOf(data);
  const origin = useOrigin();
  const problem = useSummary().data?.problem ?? null;
  return (
    <Page
      title="Partitions"
      note={totals && totals.files > 0 && <Totals {...totals} />}
      actions={origin && <OriginNote origin={origin} />}
      fill
    >
      {error && <ErrorNotice error={errorReportOf(error)} onRetry={() => void refetch()} className="mb-4" />}
      {totals && totals.damagedFiles.length > 0 && <Damage files={totals.damagedFiles} />}
      {problem && (
        <div className="mb-3">
          <DatabaseProblem problem={problem} />
        </div>
      )}
      <Unread />
      {data && data.length > 0 && <DaysView partitions={data} />}
      {data?.length === 0 && !isFetching && <NoPartitions />}
      {/* An empty list that is being read again may be that from before a run. */}
      {!data?.length && isFetching && <Loading />}
    </Page>
  );
}

function Totals({ days, files, rows, bytes }: PartitionTotals) {
  const formats = useFormats();
  return [
    formats.amount(days, 'day'),
    formats.amount(files, 'file'),
    formats.amount(rows, 'row'),
    formats.bytes(bytes),
  ].join(' · ');
}

/** One line, to leave the space to the days; each file is listed at its day. */
function Damage({ files }: { files: readonly string[] }) {
  const formats = useFormats();
  const [, date] = /date=(\d{4}-\d\d-\d\d)/.exec(files[0] ?? '') ?? [];
  return (
    <div className="mb-3">
      <Notice
        tone="warn"
        action={
          date !== undefined && (
            <a
              href={hrefTo('partitions', date)}
              className="rounded-small font-medium whitespace-nowrap text-accent-ink hover:underline"
            >
              {`Open ${formats.dates(date)}`}
            </a>
          )
        }
      >
        <span title={files.join('\n')}>
          <strong className="font-semibold">{`${formats.amount(files.length, 'file')} can’t be read as Parquet.`}</strong>{' '}
          Regenerate the marked days, or move files that don’t belong out of data/events.
        </span>
      </Notice>
    </div>
  );
}

/** Entries of data/events that are not read. Collapsed, to leave the space to the days. */
function Unread() {
  const formats = useFormats();
  const { unread = [], unreadCount = 0 } = useSummary().data ?? {};
  if (unread.length === 0) return null;
  const others = unreadCount - unread.length;
  return (
    <details className="mb-3 rounded-medium border border-warn/30 bg-warn-soft px-3 py-2 text-ink">
      <summary>
        <strong className="font-semibold">{`Not read: ${formats.amount(unreadCount, 'entry', 'entries')} of data/events.`}</strong>
      </summary>
      <ul aria-label="Not read" className="mt-1 max-h-40 overflow-y-auto text-small select-text">
        {unread.map(({ path, reason }) => (
          <li key={path}>
            <span className="font-mono break-all">{path}</span>: {reason}
          </li>
        ))}
        {others > 0 && <li>{`and ${formats.count(others)} more`}</li>}
      </ul>
    </details>
  );
}

/** Placeholders of calendar and table. */
function Loading() {
  return (
    <div className="@container flex min-h-0 flex-1 flex-col">
      <div className={classNames(columns, stacked)}>
        <div aria-hidden className={pane}>
          <Skeleton className="m-3 h-7 w-61" />
          <Skeleton className="mx-3 mb-3 flex-1" />
        </div>
        <div aria-hidden className={pane}>
          <SkeletonRows rows={24} height={30} />
        </div>
      </div>
    </div>
  );
}

function NoPartitions() {
  const cluster = useCluster();
  return (
    <EmptyState
      icon={CalendarDays}
      title="No partitions yet"
      action={<ButtonLink href={hrefTo('overview')}>Go to Overview</ButtonLink>}
    >
      {cluster?.on === 'cluster'
        ? `A partition is one day of events in its own folder. Refresh to see those on ${hostOf(cluster.settings.server)}.`
        : 'A partition is one day of events in its own folder. Generate events to create partitions.'}
    </EmptyState>
  );
}
