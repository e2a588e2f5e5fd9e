import { Change } from '../../charts/change';
import { mostSeries, otherName, seriesColour } from '../../charts/data/colours';
import type { TimeSeries } from '../../charts/data/series';
import { averageOver, changeShare, type LeftOut, type Span } from '../../charts/data/transform';
import { useFormats } from '../../format/use-formats';
import { columnTitle } from '../../format/model-title';

export interface ComparisonProps {
  readonly series: TimeSeries;
  readonly span: Span;
  /** The compared range; null if there is none, or no comparison is on. */
  readonly before: Span | null;
  /** Partial periods, which averages leave out. */
  readonly leftOut: LeftOut;
  readonly comparing: boolean;
  readonly stacked: boolean;
  /** Called when a series is selected; null if it can't be. */
  readonly onPick: ((name: string) => void) | null;
}

/** Averages of the visible range, which are also the legend; next to them the change from the compared range. */
export function Comparison(props: ComparisonProps) {
  const formats = useFormats();
  const { series, span, before, leftOut, comparing, stacked, onPick } = props;
  const { names, points } = series;
  const day = (index: number) => formats.dayUtc(points[index]?.time ?? 0);
  const partial = points.slice(span.first, span.last + 1).filter(({ time }) => leftOut.has(time)).length;
  return (
    <div className="px-4">
      <dl className="flex flex-wrap gap-x-5 gap-y-0.5 text-small">
        {names.map((name, index) => {
          const now = averageOver(points, span, index, leftOut);
          const then = before && averageOver(points, before, index, leftOut);
          const share = now === null || then === null ? null : changeShare(now, then);
          return (
            <div key={name} data-series={columnTitle(name)} className="flex items-baseline gap-1.5">
              <dt className="inline-flex items-baseline gap-1.5 text-ink-soft">
                <span
                  aria-hidden
                  className="size-2 rounded-full"
                  style={{ background: seriesColour(name === otherName ? mostSeries : index) }}
                />
                <SeriesName name={name} onPick={name === otherName ? null : onPick} />
              </dt>
              {(!stacked || comparing) && (
                <dd className="font-semibold select-text">
                  {now === null ? '–' : `avg ${formats.average(now)}`}{' '}
                  {share !== null && (
                    <>
                      {then !== null && (
                        <span className="font-normal text-ink-soft">{`against ${formats.average(then)}`}</span>
                      )}{' '}
                      <Change share={share} />
                    </>
                  )}
                </dd>
              )}
            </div>
          );
        })}
        {partial > 0 && (!stacked || comparing) && (
          <div className="text-ink-soft">{`without ${formats.amount(partial, 'partial period')}`}</div>
        )}
      </dl>
      {comparing && (
        <p role="status" className="text-small text-ink-soft">
          {before
            ? `${day(span.first)} to ${day(span.last)}, compared with ${day(before.first)} to ${day(before.last)}${stacked ? '' : ' (dashed)'}`
            : 'Not enough data to compare with. Choose a shorter or a later range.'}
        </p>
      )}
    </div>
  );
}

function SeriesName({ name, onPick }: { name: string; onPick: ComparisonProps['onPick'] }) {
  const words = columnTitle(name);
  if (!onPick) return words;
  return (
    <button
      type="button"
      title={`Filter all metrics by ${words}`}
      onClick={() => onPick(name)}
      className="rounded-small hover:text-ink hover:underline"
    >
      {words}
    </button>
  );
}
