import { errorReportOf } from '../../../client/error-report';
import { useDayHours } from '../../../client/queries';
import { ErrorNotice } from '../../../components/error-notice';
import { Skeleton } from '../../../components/skeleton';
import { useFormats } from '../../../format/use-formats';

/** Events of a day by hour, as bars that are a list for screen readers. */
export function DayHours({ date }: { date: string }) {
  const formats = useFormats();
  const { data, error } = useDayHours(date);
  if (error) return <ErrorNotice error={errorReportOf(error)} className="m-4" />;
  if (!data) return <Skeleton className="m-4 h-40" />;
  const most = Math.max(...data, 1);
  const busiest = data.indexOf(most);
  return (
    <figure aria-label={`Events of ${formats.dates(date)} by hour`} className="flex h-full min-h-0 flex-col px-4 py-3">
      <figcaption className="text-small text-ink-soft">
        {busiest < 0
          ? 'No events with a time.'
          : `Busiest hour: ${busiest}:00–${busiest + 1}:00 UTC (${formats.amount(most, 'event')})`}
      </figcaption>
      <ol className="mt-3 flex max-h-72 min-h-24 flex-1 items-end gap-0.5">
        {data
          .map((count, index) => ({ hour: index, events: count }))
          .map(({ hour, events }) => (
            <li
              key={hour}
              className="flex h-full min-w-0 flex-1 flex-col justify-end"
              title={`${hour}:00: ${formats.count(events)} events`}
            >
              <span className="sr-only">{`${hour}:00: ${formats.count(events)} events`}</span>
              <span aria-hidden className="block text-center text-[10px] text-ink-faint max-[1100px]:hidden">
                {events === most ? formats.compact(events) : ''}
              </span>
              <span
                aria-hidden
                className="block rounded-t-small bg-accent"
                style={{ height: `${(events / most) * 85}%` }}
              />
              <span aria-hidden className="h-4 border-t border-line text-center text-[10px] text-ink-soft">
                {hour % 3 === 0 ? hour : ''}
              </span>
            </li>
          ))}
      </ol>
    </figure>
  );
}
