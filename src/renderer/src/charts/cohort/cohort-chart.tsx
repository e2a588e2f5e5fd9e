import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { laterText } from '../data/cohort-cells';
import { averagesOf, cohortsOf, type CohortCell, type Cohorts } from '../data/cohorts';
import type { Grain } from '../data/transform';
import { patternFill, patternId, Patterns } from '../patterns';
import { Cell, cellHeight, headerHeight } from './cohort-cell';
import { AgeLabels, RowLabels, useStickyLabels } from './cohort-labels';
import { averageTip, cellTip, CohortTooltip, type CohortTip, type TipNames } from './cohort-tooltip';
import type { Formats } from '../../format/formats';
import { useFormats } from '../../format/use-formats';

export interface CohortChartProps {
  readonly label: string;
  readonly cells: readonly CohortCell[];
  readonly width: number;
  /** The title of the ages: `months since`. */
  readonly ages: string;
  /** Of the ages; null if unknown. */
  readonly unit: Grain | null;
  /** The meaning of a cell: `retention`. */
  readonly measure: string;
  /** Further rows of averages, above the cohorts. */
  readonly averages?: readonly { readonly name: string; readonly cells: readonly CohortCell[] }[];
  readonly onPick: (cell: CohortCell, at: { readonly x: number; readonly y: number }) => void;
}

const noAverages: NonNullable<CohortChartProps['averages']> = [];
const labelWidth = 70;
/** With a sign beside the name of the cohort, or a name of two words. */
const wideLabelWidth = 126;
/** Wide enough for `100`. */
const leastCell = 32;
const mostCell = 64;

interface Shown {
  readonly tip: CohortTip;
  readonly age: number;
  readonly top: number;
}

/** A cell per cohort and age with its share as a number, darker for larger ones; averages above. */
export function CohortChart(props: CohortChartProps) {
  const { label, cells, width, ages: agesTitle, unit, measure, averages = noAverages, onPick } = props;
  const formats = useFormats();
  const cohorts = cohortsOf(cells);
  const { rows, ages } = cohorts;
  const means = [{ name: 'Average', cells }, ...averages];
  const labels = rows.some(({ churnedAt }) => churnedAt !== null) || means.length > 1 ? wideLabelWidth : labelWidth;
  const cellWidth = Math.min(mostCell, Math.max(leastCell, (width - labels) / Math.max(1, ages.length)));
  // One column per existing age: a cohort far away in time must not add thousands of empty ones.
  const columnOf = new Map(ages.map((age, index) => [age, index]));
  const left = (age: number) => labels + (columnOf.get(age) ?? 0) * cellWidth;
  const id = patternId(useId());
  const labelGroup = useRef<SVGGElement>(null);
  const figure = useRef<HTMLElement>(null);
  useStickyLabels(figure, labelGroup);
  const [shown, setShown] = useState<Shown | null>(null);
  const top = headerHeight + means.length * cellHeight + 6;
  const size = { width: labels + ages.length * cellWidth, height: top + rows.length * cellHeight };
  const names = { measure, unit };
  return (
    <figure ref={figure} aria-label={label} className="relative" onKeyDown={moveFocus}>
      <figcaption className="sr-only">{describe(cohorts, unit, formats)}</figcaption>
      <svg role="group" aria-label={label} {...size} onMouseLeave={() => setShown(null)}>
        <Patterns id={id} />
        <text x={labels} y={12} className="fill-ink-soft text-[11px]">{`${agesTitle} · ${measure} in %`}</text>
        <AgeLabels ages={ages} left={left} width={cellWidth} />
        {means.map(({ name, cells: own }, index) =>
          [...averagesOf(own)].map(([age, share]) => {
            const y = headerHeight + index * cellHeight;
            const tip = () => averageTip({ name, age, share }, own, names, formats);
            return (
              <g
                key={`${name} ${age}`}
                transform={`translate(${left(age)} ${y})`}
                onMouseEnter={() => setShown({ tip: tip(), age, top: y })}
              >
                <Cell share={share} width={cellWidth} bold />
              </g>
            );
          }),
        )}
        <CohortCells
          cohorts={cohorts}
          names={names}
          left={left}
          top={top}
          width={cellWidth}
          hatch={patternFill(id, 'hatch')}
          onShow={setShown}
          onPick={onPick}
        />
        <RowLabels
          ref={labelGroup}
          cohorts={cohorts}
          means={means.map(({ name }) => name)}
          width={labels}
          top={top}
          height={size.height}
        />
      </svg>
      {shown && (
        <CohortTooltip
          tip={shown.tip}
          cell={{ left: left(shown.age), right: left(shown.age) + cellWidth, top: shown.top }}
          width={size.width}
        />
      )}
    </figure>
  );
}

interface CohortCellsProps extends Pick<CohortChartProps, 'onPick'> {
  readonly cohorts: Cohorts;
  readonly names: TipNames;
  readonly left: (age: number) => number;
  readonly top: number;
  readonly width: number;
  /** The fill of cells from which on a cohort has churned. */
  readonly hatch: string;
  readonly onShow: (shown: Shown | null) => void;
}

/** The cells of the cohorts, which can be focused, pointed at and chosen. */
function CohortCells({ cohorts, names, left, top, width, hatch, onShow, onPick }: CohortCellsProps) {
  const formats = useFormats();
  return cohorts.rows.map(({ start, cells, churnedAt }, row) =>
    cells.map((cell, at) => {
      const y = top + row * cellHeight;
      const show = () => onShow({ tip: cellTip(cell, cohorts, names, formats), age: cell.age, top: y });
      return (
        <g
          key={`${start} ${cell.age}`}
          transform={`translate(${left(cell.age)} ${y})`}
          role="button"
          tabIndex={row === 0 && at === 0 ? 0 : -1}
          aria-label={`${formats.monthUtc(start)}, ${laterText(cell.age, names.unit)}: ${formats.percent(cell.share)}${cell.unfinished ? ', unfinished' : ''}`}
          data-cell={`${row} ${cohorts.ages.indexOf(cell.age)}`}
          className="cursor-pointer outline-offset-[-2px]"
          onMouseEnter={show}
          onFocus={show}
          onBlur={() => onShow(null)}
          onClick={({ currentTarget }) => onPick(cell, middleOf(currentTarget))}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== ' ') return;
            event.preventDefault();
            onPick(cell, middleOf(event.currentTarget));
          }}
        >
          <Cell
            share={cell.share}
            width={width}
            fill={churnedAt !== null && cell.age >= churnedAt ? hatch : null}
            unfinished={cell.unfinished}
          />
        </g>
      );
    }),
  );
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

function describe({ rows, averages }: Cohorts, unit: Grain | null, formats: Formats): string {
  const ages = [1, 3, 6, 12].flatMap((age) => {
    const share = averages.get(age);
    return share === undefined ? [] : [`${formats.percent(share)} ${laterText(age, unit)}`];
  });
  const churned = rows.filter(({ churnedAt }) => churnedAt !== null).map(({ start }) => formats.monthUtc(start));
  const lost = churned.length === 0 ? '' : ` Churned: ${churned.join(', ')}.`;
  return `${formats.amount(rows.length, 'group')}; on average ${ages.join(', ')}.${lost}`;
}
