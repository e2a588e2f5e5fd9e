import type { ReactNode } from 'react';
import type { WarehouseSummary } from '../../../../contract/warehouse';
import { Skeleton } from '../../components/skeleton';
import { formatAmount, formatBytes, formatCount } from '../../format/numbers';

/** The size of the warehouse in four figures. */
export function Numbers({ summary }: { summary: WarehouseSummary | undefined }) {
  return (
    <dl
      aria-busy={summary === undefined}
      className="grid grid-cols-4 divide-x divide-line rounded-large border border-line bg-surface shadow-raised"
    >
      <Figure name="Events" value={summary && formatCount(summary.rows)}>
        {summary && perDay(summary)}
      </Figure>
      <Figure name="Days" value={summary && formatCount(summary.partitions)}>
        {summary?.firstDate && `${summary.firstDate} – ${summary.lastDate}`}
      </Figure>
      <Figure name="Parquet" value={summary && formatBytes(summary.bytes)}>
        {summary && `in ${formatAmount(summary.files, 'file')}`}
      </Figure>
      <Figure name="Database" value={summary && formatBytes(summary.databaseBytes)}>
        micro_warehouse.duckdb
      </Figure>
    </dl>
  );
}

function perDay({ rows, partitions }: WarehouseSummary): string {
  return partitions === 0 ? 'none yet' : `${formatCount(rows / partitions)} a day`;
}

function Figure({ name, value, children }: { name: string; value: string | undefined; children: ReactNode }) {
  return (
    <div className="min-w-0 px-4 py-3">
      <dt className="text-small text-ink-soft">{name}</dt>
      <dd>
        {value === undefined ? (
          <Skeleton className="my-1 h-5 w-24" />
        ) : (
          <span className="block text-figure font-semibold tracking-tight tabular-nums select-text">{value}</span>
        )}
        <span className="block min-h-4 text-micro whitespace-nowrap text-ink-faint tabular-nums">{children}</span>
      </dd>
    </div>
  );
}
