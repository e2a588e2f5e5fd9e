import { isWeighted, type CohortCell, type Cohorts } from '../data/cohorts';
import { laterText } from '../data/cohort-cells';
import type { Grain } from '../data/transform';
import type { Formats } from '../../format/formats';

/** The values of a cell in words. */
export interface CohortTip {
  readonly title: string;
  readonly values: readonly (readonly [name: string, value: string])[];
  readonly notes: readonly string[];
}

/** The words of a cohort's cell. */
export function cellTip(cell: CohortCell, cohorts: Cohorts, names: TipNames, formats: Formats): CohortTip {
  const { start, age, share, members, unfinished } = cell;
  const average = cohorts.averages.get(age);
  const churnedAt = cohorts.rows.find((row) => row.start === start)?.churnedAt ?? null;
  return {
    title: `${formats.monthUtc(start)} · ${laterText(age, names.unit)}`,
    values: [
      [names.measure, formats.percent(share)],
      ...(members ? [['left', `${formats.count(members.left)} of ${formats.count(members.all)}`] as const] : []),
      ['average', average === undefined ? '–' : formats.percent(average)],
    ],
    notes: [
      ...(churnedAt !== null && age >= churnedAt ? ['Churned'] : []),
      ...(unfinished ? [`The data ends within this ${names.unit ?? 'period'}; averages leave it out.`] : []),
    ],
  };
}

/** The words of an average. */
export function averageTip(
  { name, age, share }: { readonly name: string; readonly age: number; readonly share: number },
  cells: readonly CohortCell[],
  { measure, unit }: TipNames,
  formats: Formats,
): CohortTip {
  const counted = cells.filter((cell) => cell.age === age && !cell.unfinished);
  const [left, all] = counted.reduce(
    ([some, every], { members }) => [some + (members?.left ?? 0), every + (members?.all ?? 0)],
    [0, 0],
  );
  const weighted = isWeighted(cells);
  return {
    title: `${name} · ${laterText(age, unit)}`,
    values: [
      [measure, formats.percent(share)],
      ...(weighted ? [['left', `${formats.count(left)} of ${formats.count(all)}`] as const] : []),
    ],
    notes: [
      `Of ${formats.amount(counted.length, 'cohort')} that completed this ${unit ?? 'period'}, ${weighted ? 'weighted by size' : 'each with the same weight'}.`,
    ],
  };
}

/** The words for a cohort's ages and shares. */
export interface TipNames {
  readonly measure: string;
  /** Of the ages; null if unknown. */
  readonly unit: Grain | null;
}

const tipWidth = 192;

interface CohortTooltipProps {
  readonly tip: CohortTip;
  /** The cell, in pixels of the drawing. */
  readonly cell: { readonly left: number; readonly right: number; readonly top: number };
  /** The width of the drawing. */
  readonly width: number;
}

/** A panel beside a cell, on the side where there is room. */
export function CohortTooltip({ tip: { title, values, notes }, cell, width }: CohortTooltipProps) {
  const toLeft = cell.right + 4 + tipWidth > width;
  return (
    <div
      role="presentation"
      className="pointer-events-none absolute z-10 rounded-medium bg-surface px-2.5 py-1.5 text-small shadow-floating"
      style={{ width: tipWidth, left: toLeft ? cell.left - tipWidth - 4 : cell.right + 4, top: cell.top }}
    >
      <p className="text-ink-soft">{title}</p>
      {values.map(([name, value], index) => (
        <p key={name} className="flex justify-between gap-3">
          <span className="text-ink-soft">{name}</span>
          <span className={index === 0 ? 'font-semibold' : 'text-ink-soft'}>{value}</span>
        </p>
      ))}
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  );
}
