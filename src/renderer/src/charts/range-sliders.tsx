import { useRef, type PointerEvent } from 'react';
import { seriesColour } from './data/colours';
import type { ChartPoint } from './data/series';
import { movedSpan, type Span } from './data/transform';
import { useFormats } from '../format/use-formats';

const height = 28;

export interface RangeSlidersProps {
  readonly points: readonly ChartPoint[];
  readonly span: Span;
  readonly onChange: (span: Span) => void;
  /** The letter of the range, where there are two. */
  readonly letter?: string;
}

/** An overview of all points with two handles, moved by mouse or arrow keys, around a range of them. */
export function RangeSliders({ points, span, onChange, letter }: RangeSlidersProps) {
  const formats = useFormats();
  const named = (name: string) => (letter === undefined ? name : `${name} of range ${letter}`);
  const end = points.length - 1;
  const share = (index: number) => `${(index / Math.max(1, end)) * 100}%`;
  const middle = useMiddle(points.length, span, onChange);
  const slider = 'range-handle absolute inset-0 h-full w-full';
  return (
    <div
      role="group"
      aria-label={letter === undefined ? 'Range' : `Range ${letter}`}
      className="relative h-7 flex-1 rounded-small bg-sunken"
    >
      <svg
        aria-hidden
        viewBox={`0 0 1000 ${height}`}
        preserveAspectRatio="none"
        className="absolute inset-0 h-full w-full"
      >
        <path d={outlineOf(points)} fill={seriesColour(0)} fillOpacity={0.4} />
      </svg>
      <div
        aria-hidden
        className="absolute inset-y-0 left-0 rounded-l-small bg-hover"
        style={{ width: share(span.first) }}
      />
      <div
        aria-hidden
        className="absolute inset-y-0 right-0 rounded-r-small bg-hover"
        style={{ left: share(span.last) }}
      />
      <div
        aria-hidden
        title="Drag to move the range"
        {...middle}
        className="absolute inset-y-0 cursor-grab active:cursor-grabbing"
        style={{ left: share(span.first), width: `calc(${share(span.last)} - ${share(span.first)})` }}
      />
      <input
        type="range"
        aria-label={named('From')}
        aria-valuetext={formats.dayUtc(points[span.first]?.time ?? 0)}
        min={0}
        max={end}
        value={span.first}
        onChange={({ target }) =>
          onChange({ first: Math.max(0, Math.min(Number(target.value), span.last - 1)), last: span.last })
        }
        className={slider}
      />
      <input
        type="range"
        aria-label={named('To')}
        aria-valuetext={formats.dayUtc(points[span.last]?.time ?? 0)}
        min={0}
        max={end}
        value={span.last}
        onChange={({ target }) => onChange({ first: span.first, last: Math.max(Number(target.value), span.first + 1) })}
        className={slider}
      />
    </div>
  );
}

/** Dragging between the handles moves the range and keeps its length. */
function useMiddle(points: number, span: Span, onChange: (span: Span) => void) {
  const start = useRef<{ readonly x: number; readonly span: Span } | null>(null);
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = { x: event.clientX, span };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const from = start.current;
      const room = event.currentTarget.parentElement?.clientWidth ?? 0;
      if (!from || room === 0) return;
      onChange(movedSpan(from.span, Math.round(((event.clientX - from.x) / room) * (points - 1)), points));
    },
    onPointerUp: () => {
      start.current = null;
    },
  };
}

function outlineOf(points: readonly ChartPoint[]): string {
  const values = points.map(({ values: all }) => all.reduce<number>((sum, value) => sum + (value ?? 0), 0));
  const most = Math.max(...values, 1e-9);
  const step = 1000 / Math.max(1, points.length - 1);
  const line = values.map(
    (value, index) => `L${(index * step).toFixed(1)} ${(height - (value / most) * (height - 4)).toFixed(1)}`,
  );
  return `M0 ${height}${line.join('')}L1000 ${height}Z`;
}
