import { useLayoutEffect, type RefObject } from 'react';
import type { Cohorts } from '../data/cohorts';
import { cellHeight, headerHeight } from './cohort-cell';
import { useFormats } from '../../format/use-formats';

/** Where the sign of a churned cohort begins, beside its month. */
const signLeft = 62;

interface AgeLabelsProps {
  readonly ages: readonly number[];
  readonly left: (age: number) => number;
  readonly width: number;
}

/** The ages above their columns. */
export function AgeLabels({ ages, left, width }: AgeLabelsProps) {
  return ages.map((age) => (
    <text
      key={age}
      x={left(age) + width / 2}
      y={headerHeight - 6}
      textAnchor="middle"
      className="fill-ink-soft text-[11px]"
    >
      {age}
    </text>
  ));
}

interface RowLabelsProps {
  readonly cohorts: Cohorts;
  readonly means: readonly string[];
  readonly width: number;
  readonly top: number;
  readonly height: number;
  readonly ref: RefObject<SVGGElement | null>;
}

/** The names of the rows, which stay in sight when the chart is scrolled to the side. */
export function RowLabels({ cohorts: { rows }, means, width, top, height, ref }: RowLabelsProps) {
  const formats = useFormats();
  return (
    <g ref={ref}>
      <rect width={width - 4} height={height} fill="var(--surface)" />
      {means.map((name, index) => (
        <text
          key={name}
          x={0}
          y={headerHeight + index * cellHeight + 17}
          className="fill-ink text-[12px] font-semibold"
        >
          {name}
        </text>
      ))}
      {rows.map(({ start, churnedAt }, row) => (
        <g key={start} transform={`translate(0 ${top + row * cellHeight + 17})`}>
          <text className="fill-ink-soft text-[12px]">{formats.monthUtc(start)}</text>
          {churnedAt !== null && (
            <text x={signLeft} className="fill-warn text-[11px] font-medium">
              ✕ churned
            </text>
          )}
        </g>
      ))}
    </g>
  );
}

/** Keeps the labels at the left end of the visible part of the chart while it scrolls. */
export function useStickyLabels(figure: RefObject<HTMLElement | null>, labels: RefObject<SVGGElement | null>) {
  useLayoutEffect(() => {
    const scroller = figure.current?.parentElement;
    if (!scroller) return;
    const follow = () => {
      labels.current?.setAttribute('transform', `translate(${scroller.scrollLeft} 0)`);
    };
    follow();
    scroller.addEventListener('scroll', follow, { passive: true });
    return () => scroller.removeEventListener('scroll', follow);
  }, [figure, labels]);
}
