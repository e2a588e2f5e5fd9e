import type { WarehouseSummary } from '../../../../contract/warehouse';
import { hrefTo } from '../../navigation/route';
import { classNames } from '../../components/class-names';
import { hostOf } from '../../cluster/use-cluster';
import { OriginNote } from '../../cluster/origin-note';
import { Notice } from '../../components/notice';
import { useFormats } from '../../format/use-formats';
import { DatabaseProblem } from '../../refresh/database-file';
import { FailingChecks } from '../../refresh/failing-checks';
import { useNow, wallClock } from '../../format/use-now';

/** One line on whether the models are up to date with the files. */
export function Freshness({ summary: { rows, lastRefresh, stale, problem } }: { summary: WarehouseSummary }) {
  const formats = useFormats();
  const now = useNow(wallClock, 15_000);
  if (problem !== null) return 'The database can’t be read';
  if (rows === 0 && lastRefresh === null) return 'No events yet';
  if (lastRefresh === null) return 'Never refreshed';
  if (lastRefresh.cluster) return <OriginNote origin={lastRefresh.cluster} />;
  return (
    <span title={`Last refresh: ${formats.instant(lastRefresh.finishedAt)}`}>
      <span
        aria-hidden
        className={classNames('mr-2 inline-block size-2 rounded-full align-middle', stale ? 'bg-warn' : 'bg-good')}
      />
      {stale ? 'Stale' : 'Fresh'}, refreshed {formats.ago(lastRefresh.finishedAt, now)}
    </span>
  );
}

export interface AttentionProps {
  readonly summary: WarehouseSummary;
  /** Whether the page already reports new events. */
  readonly staleIsKnown: boolean;
  /** Whether the page already reports the findings of the last refresh. */
  readonly refreshIsKnown: boolean;
  /** Whether the page already reports damaged files that stopped a refresh. */
  readonly damageIsKnown: boolean;
}

/** Warnings: changed files since the last refresh, damaged files, and files that are not read. */
export function Attention({ summary, staleIsKnown, refreshIsKnown, damageIsKnown }: AttentionProps) {
  const formats = useFormats();
  const { stale, staleDays, lastRefresh, daysHere, damagedFiles, leftOutFiles, unread, unreadCount, problem } = summary;
  const unmet = damagedFiles.filter((file) => !leftOutFiles.includes(file));
  return (
    <>
      {problem && <DatabaseProblem problem={problem} />}
      {stale && problem === null && lastRefresh !== null && !staleIsKnown && (
        <Notice tone="warn">
          <strong className="font-semibold">Stale.</strong> The files of {formats.amount(staleDays.length, 'day')} have
          changed since the last refresh. Refresh to update models and metrics.
        </Notice>
      )}
      {lastRefresh?.cluster && daysHere > 0 && (
        <Notice tone="info">
          {`The figures are those of ${hostOf(lastRefresh.cluster.server)}. The ${formats.amount(daysHere, 'day')} with files in this workspace ${daysHere === 1 ? 'is' : 'are'} not part of them unless they were published there.`}
        </Notice>
      )}
      {unmet.length > 0 && !damageIsKnown && (
        <Notice tone="warn" action={<ToPartitions />}>
          <strong className="font-semibold">{formats.amount(unmet.length, 'damaged file')}.</strong> A refresh will fail
          unless you refresh without {unmet.length === 1 ? 'it' : 'them'}.
        </Notice>
      )}
      {leftOutFiles.length > 0 && !refreshIsKnown && (
        <Notice tone="warn" action={<ToPartitions />}>
          <strong className="font-semibold">{formats.amount(leftOutFiles.length, 'damaged file')} left out.</strong> The
          last refresh skipped {leftOutFiles.length === 1 ? leftOutFiles[0] : 'them'}; the rows are missing from the
          models until you regenerate those days and refresh.
        </Notice>
      )}
      {unread.length > 0 && !refreshIsKnown && (
        <Notice tone="warn" action={<ToPartitions />}>
          <strong className="font-semibold">{`Not read: ${formats.amount(unreadCount, 'entry', 'entries')}.`}</strong>{' '}
          {unread[0]?.path}: {unread[0]?.reason}.
        </Notice>
      )}
      {!refreshIsKnown && <FailingChecks />}
    </>
  );
}

function ToPartitions() {
  return (
    <a
      href={hrefTo('partitions')}
      className="rounded-small font-medium whitespace-nowrap text-accent-ink hover:underline"
    >
      Show in Partitions
    </a>
  );
}
