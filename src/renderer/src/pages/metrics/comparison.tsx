import { ArrowDown, ArrowRight, ArrowUp } from 'lucide-react';
import { seriesColour } from '../../charts/colours';
import { otherName } from '../../charts/data/series-of';
import type { TimeSeries } from '../../charts/data/series';
import { averageOver, changeShare, type Span } from '../../charts/data/transform';
import { useFormats } from '../../format/use-formats';
import { columnTitle } from '../../format/model-title';

export interface ComparisonProps {
  readonly series: TimeSeries;
  readonly span: Span;
  /** The preceding period; null if there is none, or no comparison is on. */
  readonly before: Span | null;
  readonly comparing: boolean;
  readonly stacked: boolean;
  /** Called when a series is selected; null if it can't be. */
  readonly onPick: ((name: string) => void) | null;
}

/** Averages of the visible range, which are also the legend; next to them those of the preceding period. */
export function Comparison({ series: { names, points }, span, before, comparing, stacked, onPick }: ComparisonProps) {
  const formats = useFormats();
  const day = (index: number) => formats.dayUtc(points[index]?.time ?? 0);
  return (
    <div className="px-4">
      <dl className="flex flex-wrap gap-x-5 gap-y-0.5 text-small">
        {names.map((name, index) => {
          const now = averageOver(points, span, index);
          const then = before && averageOver(points, before, index);
          const share = now === null || then === null ? null : changeShare(now, then);
          return (
            <div key={name} data-series={columnTitle(name)} className="flex items-baseline gap-1.5">
              <dt className="inline-flex items-baseline gap-1.5 text-ink-soft">
                <span aria-hidden className="size-2 rounded-full" style={{ background: seriesColour(index) }} />
                <SeriesName name={name} onPick={name === otherName ? null : onPick} />
              </dt>
              {(!stacked || comparing) && (
                <dd className="font-semibold select-text">
                  {now === null ? '–' : `avg ${formats.average(now)}`}
                  {share !== null && <Change share={share} />}
                </dd>
              )}
            </div>
          );
        })}
      </dl>
      {comparing && (
        <p role="status" className="text-small text-ink-soft">
          {before
            ? `${day(span.first)} to ${day(span.last)}, compared with ${day(before.first)} to ${day(before.last)}${stacked ? '' : ' (dashed)'}`
            : 'Not enough earlier data to compare. Choose a shorter range.'}
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

function Change({ share }: { share: number }) {
  const formats = useFormats();
  const Arrow = share > 0.0005 ? ArrowUp : share < -0.0005 ? ArrowDown : ArrowRight;
  return (
    <span className="ml-1.5 inline-flex items-baseline gap-0.5 font-normal text-ink-soft">
      <Arrow size={12} aria-hidden className="self-center" />
      <span className="sr-only">{share < 0 ? 'down' : 'up'}</span>
      {formats.percent(Math.abs(share))}
    </span>
  );
}
