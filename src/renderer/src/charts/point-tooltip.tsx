import { useFormats } from '../format/use-formats';
import { seriesColour } from './colours';
import type { ChartPoint } from './data/series';
import type { Annotation, PartialPeriod } from './data/transform';
import { columnTitle } from '../format/model-title';

/** A point, and its counterpart in the previous period. */
export interface DrawnPoint extends ChartPoint {
  readonly before: ChartPoint | null;
}

interface PointTooltipProps {
  readonly names: readonly string[];
  readonly partial: readonly PartialPeriod[];
  readonly annotations: readonly Annotation[];
  /** Set by the chart. */
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: DrawnPoint }[];
}

/** The values at the mouse or the keyboard cursor. */
export function PointTooltip({ names, partial, annotations, active, payload }: PointTooltipProps) {
  const formats = useFormats();
  const point = payload?.[0]?.payload;
  if (active !== true || !point) return null;
  const part = partial.find(({ start }) => start === point.time);
  const { before } = point;
  return (
    <div className="max-w-72 rounded-medium bg-surface px-2.5 py-1.5 text-small shadow-floating">
      <p className="text-ink-soft">
        {formats.dayUtc(point.time)}
        {part && ` · partial, ${part.days} of ${part.of} days`}
      </p>
      {names.map((name, index) => (
        <p key={name} className="flex items-center gap-1.5">
          <span className="size-2 shrink-0 rounded-full" style={{ background: seriesColour(index) }} />
          <span className="text-ink-soft">{columnTitle(name)}</span>
          <span className="ml-auto pl-3 font-semibold">{formats.value(point.values[index])}</span>
          {before && <span className="text-ink-soft">before {formats.value(before.values[index])}</span>}
        </p>
      ))}
      {annotations.map(({ time, text }) => time === point.time && <p key={text}>◆ {text}</p>)}
    </div>
  );
}
