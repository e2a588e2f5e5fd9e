import { daysBetween } from '../../../../contract/calendar';
import { TrendingDown, TrendingUp } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import type { Partition } from '../../../../contract/partitions';
import type { WarehouseSummary } from '../../../../contract/warehouse';
import { usePartitions } from '../../client/queries';
import { classNames } from '../../components/class-names';
import { Sparkline } from '../../charts/sparkline';
import { Skeleton } from '../../components/skeleton';
import { surface } from '../../components/surface';
import type { Formats } from '../../format/formats';
import { useFormats } from '../../format/use-formats';
import { trendOf, usersOf, type Trend } from './trends';

const rowsOf = ({ rows }: Partition) => rows;
const unknown = '–';

/** The size of the warehouse in four figures with trends: known without reading a row. */
export function Numbers({ summary }: { summary: WarehouseSummary | undefined }) {
  const formats = useFormats();
  const { data: days, error, isFetching } = usePartitions();
  const events = useMemo(() => days && trendOf(days, rowsOf), [days]);
  const users = useMemo(() => {
    const isKnown = days?.some((day) => day.users !== null) ?? false;
    return days && trendOf(days, (day) => usersOf(day, isKnown));
  }, [days]);
  // Reserves space for the lines while they are loading, unless there is nothing to draw.
  const drawn = summary === undefined || summary.rows > 0;
  return (
    <dl
      aria-label="Numbers"
      aria-busy={summary === undefined}
      className={`grid grid-cols-4 divide-x divide-line ${surface}`}
    >
      <Figure name="Events" value={summary && formats.count(summary.rows)} note={summary && perDay(summary, formats)}>
        {drawn && <Course name="Events per day" trend={events} />}
      </Figure>
      <Figure
        name="Daily users"
        value={
          error ? unknown : (usersText(users, formats) ?? (isCounted(summary) && isFetching ? undefined : unknown))
        }
        note={usersNote(summary, users?.last ?? null, formats)}
      >
        {drawn && <Course name="Daily users" trend={users} />}
      </Figure>
      <Figure
        name="Days"
        value={summary && formats.count(summary.partitions)}
        note={summary?.firstDate && formats.dates(`${summary.firstDate} – ${summary.lastDate}`)}
      >
        {drawn && <Gaps days={days} />}
      </Figure>
      <Figure
        name="Parquet"
        value={summary && formats.bytes(summary.bytes)}
        note={summary && `in ${formats.amount(summary.files, 'file')}`}
      >
        {drawn && (
          <p className="truncate text-small leading-8 text-ink-soft">
            {summary ? `${formats.bytes(summary.databaseBytes)} database` : '\u00a0'}
          </p>
        )}
      </Figure>
    </dl>
  );
}

function perDay({ rows, partitions }: WarehouseSummary, formats: Formats): string {
  return partitions === 0 ? 'none yet' : `${formats.count(rows / partitions)} per day`;
}

/** The mean of the last week, as counted by a refresh; undefined if none has counted. */
function usersText(trend: Trend | undefined, formats: Formats): string | undefined {
  const now = trend?.weeks.at(-1);
  return now === undefined ? undefined : formats.count(now);
}

/** Whether users have been counted, as far as known. */
function isCounted(summary: WarehouseSummary | undefined): boolean {
  return summary === undefined || summary.lastRefresh !== null;
}

/** @param last the last day with counted users */
function usersNote(summary: WarehouseSummary | undefined, last: string | null, formats: Formats): string {
  if (!summary) return '';
  if (summary.problem !== null) return 'the database can’t be read';
  if (summary.lastRefresh === null) return 'available after a refresh';
  return last === null || last === summary.lastDate ? 'in the last 7 days' : formats.dates(`in the 7 days to ${last}`);
}

/** Missing days between the first and the last, in place of a trend. */
function Gaps({ days }: { days: readonly Partition[] | undefined }) {
  const formats = useFormats();
  if (!days) return <p className="h-8" />;
  const present = days.filter(({ files, locked }) => files > 0 || locked);
  const [first, last] = [present[0], present.at(-1)];
  if (!first || !last) return <p className="h-8" />;
  const span = daysBetween(first.date, last.date);
  const missing = span - present.length;
  return (
    <p className={classNames('truncate text-small leading-8', missing > 0 ? 'font-medium text-warn' : 'text-ink-soft')}>
      {missing > 0 ? `${formats.amount(missing, 'day')} missing` : 'none missing'}
    </p>
  );
}

/** The last half year by weeks, and the last week compared with the one before. */
function Course({ name, trend }: { name: string; trend: Trend | undefined }) {
  const formats = useFormats();
  if (!trend || trend.weeks.length < 2) return <div className="h-8" />;
  const { weeks, change } = trend;
  return (
    <div className="flex h-8 items-center gap-3">
      <div className="min-w-0 flex-1">
        <Sparkline
          label={`${name}, the last ${weeks.length} weeks: from ${formats.compact(weeks[0] ?? 0)} to ${formats.compact(weeks.at(-1) ?? 0)}`}
          values={weeks}
        />
      </div>
      {change !== null && <Change share={change} />}
    </div>
  );
}

function Change({ share }: { share: number }) {
  const formats = useFormats();
  const Icon = share < 0 ? TrendingDown : TrendingUp;
  return (
    <span
      title="Last seven days compared with the seven before"
      className="inline-flex shrink-0 items-center gap-1 text-small text-ink-soft"
    >
      <Icon size={13} aria-hidden />
      {share > 0 ? '+' : ''}
      {formats.percent(share)}
      <span className="sr-only">week over week</span>
    </span>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: string | undefined;
  readonly note: ReactNode;
  readonly children: ReactNode;
}

function Figure({ name, value, note, children }: FigureProps) {
  return (
    <div className="min-w-0 px-4 py-3 max-[1000px]:px-2.5">
      <dt className="text-small text-ink-soft">{name}</dt>
      <dd>
        {value === undefined ? (
          <Skeleton className="my-1 h-5 w-24" />
        ) : (
          <span className="block text-figure font-semibold tracking-tight select-text">{value}</span>
        )}
        <span className="block min-h-4 truncate text-micro normal-nums text-ink-faint max-[1000px]:tracking-tight">
          {note}
        </span>
        {children}
      </dd>
    </div>
  );
}
