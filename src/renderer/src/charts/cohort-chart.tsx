import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { cohortsOf, type CohortCell, type Cohorts } from './data/cohorts';
import { patternFill, patternId, Patterns } from './patterns';
import type { Formats } from '../format/formats';
import { useFormats } from '../format/use-formats';

export interface CohortChartProps {
  readonly label: string;
  readonly cells: readonly CohortCell[];
  readonly width: number;
  /** The meaning of a column: `months since`. */
  readonly unit: string;
  /** The meaning of a cell: `retention`. */
  readonly measure: string;
  /** Further rows of averages, above the cohorts. */
  readonly averages?: readonly { readonly name: string; readonly byAge: ReadonlyMap<number, number> }[];
  readonly onPick: (cell: CohortCell, at: { readonly x: number; readonly y: number }) => void;
}

const noAverages: NonNullable<CohortChartProps['averages']> = [];
const labelWidth = 126;
const headerHeight = 34;
const cellHeight = 26;
/** Wide enough for `100`. */
const leastCell = 32;
const mostCell = 64;

/** A cell per cohort and age with its share as a number, darker for larger ones; averages above. */
export function CohortChart({ label, cells, width, unit, measure, averages = noAverages, onPick }: CohortChartProps) {
  const formats = useFormats();
  const cohorts = cohortsOf(cells);
  const { rows, ages } = cohorts;
  const cellWidth = Math.min(mostCell, Math.max(leastCell, (width - labelWidth) / Math.max(1, ages.length)));
  // One column per existing age: a cohort far away in time must not add thousands of empty ones.
  const columnOf = new Map(ages.map((age, index) => [age, index]));
  const left = (age: number) => labelWidth + (columnOf.get(age) ?? 0) * cellWidth;
  const id = patternId(useId());
  const labels = useRef<SVGGElement>(null);
  const figure = useRef<HTMLElement>(null);
  useStickyLabels(figure, labels);
  const [shown, setShown] = useState<{ cell: CohortCell; x: number; y: number } | null>(null);
  const means = [{ name: 'Average', byAge: cohorts.averages }, ...averages];
  const top = headerHeight + means.length * cellHeight + 6;
  const height = top + rows.length * cellHeight;
  return (
    <figure ref={figure} aria-label={label} className="relative" onKeyDown={moveFocus}>
      <figcaption className="sr-only">{describe(cohorts, formats)}</figcaption>
      <svg
        role="group"
        aria-label={label}
        width={labelWidth + ages.length * cellWidth}
        height={height}
        onMouseLeave={() => setShown(null)}
      >
        <Patterns id={id} />
        <text x={labelWidth} y={12} className="fill-ink-soft text-[11px]">{`${unit} · ${measure} in %`}</text>
        <AgeLabels ages={ages} left={left} width={cellWidth} />
        {means.map(({ name, byAge }, index) => (
          <AverageRow
            key={name}
            ages={ages}
            byAge={byAge}
            left={left}
            top={headerHeight + index * cellHeight}
            width={cellWidth}
          />
        ))}
        {rows.map(({ start, cells: own, churnedAt }, row) =>
          own.map((cell, at) => (
            <g
              key={`${start} ${cell.age}`}
              transform={`translate(${left(cell.age)} ${top + row * cellHeight})`}
              role="button"
              tabIndex={row === 0 && at === 0 ? 0 : -1}
              aria-label={`${formats.monthUtc(start)}, ${cell.age} later: ${formats.percent(cell.share)}`}
              data-cell={`${row} ${columnOf.get(cell.age)}`}
              className="cursor-pointer outline-offset-[-2px]"
              onMouseEnter={() => setShown({ cell, x: left(cell.age) + cellWidth, y: top + row * cellHeight })}
              onFocus={() => setShown({ cell, x: left(cell.age) + cellWidth, y: top + row * cellHeight })}
              onBlur={() => setShown(null)}
              onClick={({ currentTarget }) => onPick(cell, middleOf(currentTarget))}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' && event.key !== ' ') return;
                event.preventDefault();
                onPick(cell, middleOf(event.currentTarget));
              }}
            >
              <Cell
                share={cell.share}
                width={cellWidth}
                fill={churnedAt !== null && cell.age >= churnedAt ? patternFill(id, 'hatch') : null}
              />
            </g>
          )),
        )}
        <RowLabels ref={labels} cohorts={cohorts} means={means.map(({ name }) => name)} top={top} height={height} />
      </svg>
      {shown && (
        <CellTooltip {...shown} cohorts={cohorts} measure={measure} right={labelWidth + ages.length * cellWidth} />
      )}
    </figure>
  );
}

function Cell({
  share,
  width,
  bold = false,
  fill = null,
}: {
  share: number;
  width: number;
  bold?: boolean;
  fill?: string | null;
}) {
  return (
    <>
      <rect width={width - 1} height={cellHeight - 1} rx={2} fill="var(--surface)" />
      <rect
        width={width - 1}
        height={cellHeight - 1}
        rx={2}
        fill={fill ?? 'var(--accent)'}
        fillOpacity={fill === null ? opacityOf(share) : 1}
      />
      <text
        x={(width - 1) / 2}
        y={17}
        textAnchor="middle"
        fill={share > 0.6 ? 'var(--on-accent)' : 'var(--ink)'}
        fontSize={12}
        fontWeight={bold ? 600 : 400}
      >
        {Math.round(share * 100)}
      </text>
    </>
  );
}

function AgeLabels({ ages, left, width }: Pick<AverageRowProps, 'ages' | 'left' | 'width'>) {
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

interface AverageRowProps {
  readonly ages: readonly number[];
  readonly byAge: ReadonlyMap<number, number>;
  readonly left: (age: number) => number;
  readonly top: number;
  readonly width: number;
}

function AverageRow({ ages, byAge, left, top, width }: AverageRowProps) {
  return ages.map((age) => {
    const share = byAge.get(age);
    return share === undefined ? null : (
      <g key={age} transform={`translate(${left(age)} ${top})`}>
        <Cell share={share} width={width} bold />
      </g>
    );
  });
}

interface RowLabelsProps {
  readonly cohorts: Cohorts;
  readonly means: readonly string[];
  readonly top: number;
  readonly height: number;
  readonly ref: RefObject<SVGGElement | null>;
}

/** The names of the rows, which stay in sight when the chart is scrolled to the side. */
function RowLabels({ cohorts: { rows }, means, top, height, ref }: RowLabelsProps) {
  const formats = useFormats();
  return (
    <g ref={ref}>
      <rect width={labelWidth - 4} height={height} fill="var(--surface)" />
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
            <text x={62} className="fill-warn text-[11px] font-medium">
              ✕ churned
            </text>
          )}
        </g>
      ))}
    </g>
  );
}

function CellTooltip({
  cell,
  x,
  y,
  cohorts,
  measure,
  right,
}: {
  cell: CohortCell;
  x: number;
  y: number;
  cohorts: Cohorts;
  measure: string;
  right: number;
}) {
  const formats = useFormats();
  const churned = cohorts.rows.find(({ start }) => start === cell.start)?.churnedAt ?? null;
  const toLeft = x + 180 > right;
  return (
    <div
      role="presentation"
      className="pointer-events-none absolute z-10 w-44 rounded-medium bg-surface px-2.5 py-1.5 text-small shadow-floating"
      style={{ left: toLeft ? x - 180 - leastCell : x + 4, top: y }}
    >
      <p className="text-ink-soft">{`${formats.monthUtc(cell.start)} · ${cell.age} later`}</p>
      <p className="flex justify-between gap-3">
        <span className="text-ink-soft">{measure}</span>
        <span className="font-semibold">{formats.percent(cell.share)}</span>
      </p>
      <p className="flex justify-between gap-3 text-ink-soft">
        <span>average</span>
        <span>{formats.percent(cohorts.averages.get(cell.age) ?? 0)}</span>
      </p>
      {churned !== null && cell.age >= churned && <p>Churned</p>}
    </div>
  );
}

/** Keeps the labels at the left end of the visible part of the chart while it scrolls. */
function useStickyLabels(figure: RefObject<HTMLElement | null>, labels: RefObject<SVGGElement | null>) {
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

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** One cell is a tab stop and the arrow keys reach the others: there may be hundreds. */
function moveFocus(event: KeyboardEvent<HTMLElement>) {
  const step = steps[event.key];
  const place = event.target instanceof Element ? event.target.getAttribute('data-cell') : null;
  if (!step || place === null) return;
  const [row = 0, column = 0] = place.split(' ').map(Number);
  const next = event.currentTarget.querySelector(`[data-cell="${row + step[0]} ${column + step[1]}"]`);
  if (!(next instanceof SVGElement)) return;
  event.preventDefault();
  next.focus();
}

function middleOf(element: Element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}

const opacityOf = (share: number): number => 0.06 + Math.min(1, Math.max(0, share)) * 0.94;

function describe({ rows, averages }: Cohorts, formats: Formats): string {
  const ages = [1, 3, 6, 12].flatMap((age) => {
    const share = averages.get(age);
    return share === undefined ? [] : [`${formats.percent(share)} after ${age}`];
  });
  const churned = rows.filter(({ churnedAt }) => churnedAt !== null).map(({ start }) => formats.monthUtc(start));
  const lost = churned.length === 0 ? '' : ` Churned: ${churned.join(', ')}.`;
  return `${formats.amount(rows.length, 'group')}; on average ${ages.join(', ')}.${lost}`;
}
