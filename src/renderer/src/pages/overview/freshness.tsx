import type { WarehouseSummary } from '../../../../contract/warehouse';
import { classNames } from '../../components/class-names';
import { Notice } from '../../components/notice';
import { formatAmount } from '../../format/numbers';
import { formatAgo, formatInstant } from '../../format/time';
import { useNow, wallClock } from '../../format/use-now';

/** One line on whether the models show what is in the files. */
export function Freshness({ summary: { rows, lastRefresh, stale } }: { summary: WarehouseSummary }) {
  const now = useNow(wallClock, 15_000);
  if (rows === 0 && lastRefresh === null) return 'No events yet';
  if (lastRefresh === null) return 'Never refreshed';
  return (
    <span title={`Last refresh: ${formatInstant(lastRefresh.finishedAt)}`}>
      <span
        aria-hidden
        className={classNames('mr-2 inline-block size-2 rounded-full align-middle', stale ? 'bg-warn' : 'bg-good')}
      />
      {stale ? 'Stale' : 'Fresh'}, refreshed {formatAgo(lastRefresh.finishedAt, now)}
    </span>
  );
}

/** What needs the user's attention: files that a refresh has not seen, files that can't be read. */
export function Attention({ summary, staleIsKnown }: { summary: WarehouseSummary; staleIsKnown: boolean }) {
  const { stale, lastRefresh, damagedFiles } = summary;
  return (
    <>
      {stale && lastRefresh !== null && !staleIsKnown && (
        <Notice tone="warn">
          <strong className="font-semibold">Stale.</strong> The files have changed since the last refresh. Refresh to
          see them in the models and metrics.
        </Notice>
      )}
      {damagedFiles.length > 0 && (
        <Notice
          tone="warn"
          action={
            <a href="#/partitions" className="rounded-small font-medium text-accent-ink hover:underline">
              Show in Partitions
            </a>
          }
        >
          <strong className="font-semibold">{formatAmount(damagedFiles.length, 'damaged file')}.</strong> A refresh
          fails until they are removed.
        </Notice>
      )}
    </>
  );
}
