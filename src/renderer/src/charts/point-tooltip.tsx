import { useEffect } from 'react';
import { seriesColour } from './data/colours';
import { glyphs, type Annotation } from './data/annotations';
import type { ChartPoint } from './data/series';
import type { PartialPeriod } from './data/transform';
import type { KeyboardPoint } from './use-picking';
import { useFormats } from '../format/use-formats';
import { columnTitle } from '../format/model-title';

/** A point, and its counterpart in the other period. */
export interface DrawnPoint extends ChartPoint {
  readonly before: ChartPoint | null;
}

interface PointTooltipProps {
  readonly names: readonly string[];
  readonly partial: readonly PartialPeriod[];
  readonly annotations: readonly Annotation[];
  /** Gets the point at the cursor. */
  readonly report: (point: KeyboardPoint | null) => void;
  /** A point is chosen, and says more. */
  readonly hidden: boolean;
  /** Whether a click leads on from a point. */
  readonly leadsOn: boolean;
  /** Set by the chart. */
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: DrawnPoint }[];
  readonly coordinate?: { readonly x?: number; readonly y?: number };
}

/** The values at the mouse or the keyboard cursor. */
export function PointTooltip(props: PointTooltipProps) {
  const formats = useFormats();
  const { names, partial, annotations, report, hidden, leadsOn, active, payload, coordinate } = props;
  const point = active === true ? payload?.[0]?.payload : undefined;
  useEffect(() => {
    report(point ? { x: point.time, left: coordinate?.x ?? 0, top: coordinate?.y ?? 0 } : null);
  });
  if (!point || hidden) return null;
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
          {before && <span className="text-ink-soft">against {formats.value(before.values[index])}</span>}
        </p>
      ))}
      {annotations.map(({ time, text, kind }) => time === point.time && <p key={text}>{`${glyphs[kind]} ${text}`}</p>)}
      {leadsOn && <p className="text-ink-faint">Click or press Enter for more</p>}
    </div>
  );
}
