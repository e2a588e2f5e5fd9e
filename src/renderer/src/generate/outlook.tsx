import { lazy, Suspense, type ReactNode } from 'react';
import { TriangleAlert } from 'lucide-react';
import type { Estimate, GenerationRequest, Preview } from '../../../contract/generation';
import { errorReportOf } from '../client/error-report';
import { useEstimate, usePreview } from '../client/queries';
import type { TimeSeries } from '../charts/data/series';
import { inTimeOrder, type Annotation } from '../charts/data/annotations';
import { partialPeriods, startOf } from '../charts/data/transform';
import { ErrorNotice } from '../components/error-notice';
import { Skeleton } from '../components/skeleton';
import type { Formats } from '../format/formats';
import { useFormats } from '../format/use-formats';

const TimeSeriesChart = lazy(async () => ({
  default: (await import('../charts/time-series-chart')).TimeSeriesChart,
}));

/**
 * The estimate and preview of a request.
 * @param request null while the options are invalid
 */
export function Outlook({ request }: { request: GenerationRequest | null }) {
  const preview = usePreview(request?.recipe ?? null);
  const estimate = useEstimate(request);
  const error = preview.error ?? estimate.error;
  return (
    <section aria-label="Outlook" className="flex flex-col gap-3">
      <h3 className="-mb-2 text-small font-medium text-ink-soft">Events per week</h3>
      <div className="-ml-2 h-40 shrink-0">
        <Suspense fallback={<Skeleton className="ml-2 h-full" />}>
          {preview.data ? <WeeksChart preview={preview.data} /> : <Skeleton className="ml-2 h-full" />}
        </Suspense>
      </div>
      {error && <ErrorNotice error={errorReportOf(error)} />}
      <EstimateList estimate={estimate.data} />
    </section>
  );
}

function WeeksChart({ preview }: { preview: Preview }) {
  const formats = useFormats();
  const [first, second] = preview.weeks;
  // A single point can't be drawn as a line.
  if (first && !second) {
    return (
      <p className="ml-2 grid h-full place-items-center rounded-medium border border-dashed border-line-strong text-small text-ink-soft">
        All {formats.amount(first.rows, 'event')} fall in the week of {formats.dates(first.week)}
      </p>
    );
  }
  const series = seriesOf(preview);
  const days = { first: Date.parse(preview.firstDay), last: Date.parse(preview.lastDay), missing: [] };
  return (
    <TimeSeriesChart
      label="Weekly preview"
      series={series}
      mostTicks={4}
      partial={partialPeriods(series.points, { grain: 'week', own: 'week' }, days)}
      annotations={plantedMarks(preview, formats)}
    />
  );
}

function EstimateList({ estimate }: { estimate: Estimate | undefined }) {
  const formats = useFormats();
  return (
    <>
      <dl aria-label="Estimate" aria-busy={estimate === undefined} className="grid grid-cols-2 gap-x-3 gap-y-2">
        <Figure name="Rows per day">{estimate && describeRowsPerDay(estimate, formats)}</Figure>
        <Figure name="On disk">{estimate && `about ${formats.bytes(estimate.bytes)}`}</Figure>
        <Figure name="Time">{estimate && describeTime(estimate, formats)}</Figure>
        <Figure name="Free on this disk">{estimate && formats.bytes(estimate.freeBytes)}</Figure>
      </dl>
      {estimate && estimate.verdict !== 'fine' && <SpaceWarning estimate={estimate} />}
    </>
  );
}

function SpaceWarning({ estimate: { verdict } }: { estimate: Estimate }) {
  return (
    <p className="flex gap-2 rounded-medium border border-warn/30 bg-warn-soft px-2.5 py-2 text-small">
      <TriangleAlert size={14} aria-hidden className="mt-px shrink-0 text-warn" />
      {verdict === 'ask'
        ? 'This needs more than half of your free disk space. You’ll be asked to confirm.'
        : 'Not enough disk space. Choose fewer rows or free up space.'}
    </p>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-small text-ink-soft">{name}</dt>
      <dd className="font-medium">{children ?? <Skeleton className="my-1 h-3 w-16" />}</dd>
    </div>
  );
}

function describeRowsPerDay({ rowsPerDay }: Estimate, formats: Formats): string {
  return rowsPerDay < 10
    ? `about ${formats.average(Number(rowsPerDay.toFixed(1)))}`
    : `about ${formats.count(Math.round(rowsPerDay))}`;
}

/** An estimate in milliseconds would suggest false precision. */
function describeTime({ durationMs }: Estimate, formats: Formats): string {
  return durationMs < 1_000 ? 'under a second' : `about ${formats.duration(durationMs)}`;
}

function seriesOf({ weeks }: Preview): TimeSeries {
  return { names: ['Events'], points: weeks.map(({ week, rows }) => ({ time: Date.parse(week), values: [rows] })) };
}

/** Planted facts within the days of the recipe, at their weeks. */
function plantedMarks({ facts, firstDay, lastDay }: Preview, formats: Formats): Annotation[] {
  return inTimeOrder(
    facts.flatMap(({ date, label, text }): Annotation[] =>
      date === null || date < firstDay || date > lastDay
        ? []
        : [
            {
              time: startOf(Date.parse(date), 'week'),
              kind: 'fact',
              label,
              text: formats.dates(`${date}: ${text}`),
              date,
            },
          ],
    ),
  );
}
