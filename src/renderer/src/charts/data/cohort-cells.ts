import { msPerDay } from '../../../../contract/calendar';
import { monthOf, startOfMonth } from '../../format/civil-day';
import type { CohortCell } from './cohorts';
import { numbersOf, type TableData } from './table-data';
import { endOf, grainsOf, startOf, type Grain } from './transform';

/** The indices of the columns of a cohort chart. */
export interface CohortChoice {
  readonly start: number;
  readonly age: number;
  readonly value: number;
}

/** The columns with the members of a cohort, and with those of them that are left. */
export interface MemberColumns {
  readonly all: number;
  readonly left: number;
}

/** Shares may be rounded to so many units. */
const rounding = 0.006;

/** The two whole-number columns whose ratio is the share; null if there are none. */
export function memberColumns(data: TableData, { age, value }: CohortChoice): MemberColumns | null {
  const whole = data.columns.flatMap(({ type }, column) => (/INT/.test(type) && column !== age ? [column] : []));
  const shares = numbersOf(data, value);
  const isRatio = ({ all, left }: MemberColumns) => {
    const [sizes, kept] = [numbersOf(data, all), numbersOf(data, left)];
    return shares.every((share, row) => {
      const [size, rest] = [sizes[row] ?? null, kept[row] ?? null];
      return share === null || (size !== null && rest !== null && size > 0 && Math.abs(rest / size - share) < rounding);
    });
  };
  const pairs = whole.flatMap((all) => whole.flatMap((left) => (left === all ? [] : [{ all, left }])));
  return pairs.find(isRatio) ?? null;
}

/** The unit of the ages: that in the name of their column, else the distance between cohorts; null if unknown. */
export function ageUnit(data: TableData, { start, age }: CohortChoice): Grain | null {
  const name = data.columns[age]?.name ?? '';
  const named = (['day', 'week', 'month'] as const).find((unit) => name.includes(unit));
  if (named) return named;
  const starts = [...new Set(numbersOf(data, start).flatMap((time) => time ?? []))].toSorted((a, b) => a - b);
  return grainsOf(starts.map((time) => ({ time, values: [] })))[0] ?? null;
}

/** An age in words: `3 months later`; `3 later` without a unit. */
export function laterText(age: number, unit: Grain | null): string {
  return unit === null ? `${age} later` : `${age} ${unit}${age === 1 ? '' : 's'} later`;
}

/** The start of the period in which a cohort has an age. */
export function periodOfAge(start: number, age: number, unit: Grain): number {
  const first = startOf(start, unit);
  return unit === 'month' ? startOfMonth(monthOf(first) + age) : first + age * (endOf(first, unit) - first);
}

/**
 * The cells of the rows with all three values; the others have no place in the chart.
 * @param lastDay midnight of the last day with data, UTC; null if unknown
 */
export function cohortCells(data: TableData, choice: CohortChoice, lastDay: number | null): CohortCell[] {
  const members = memberColumns(data, choice);
  const unit = ageUnit(data, choice);
  return Array.from({ length: data.rows }, (_, row) => row).flatMap((row) => {
    const [start, age, share] = [choice.start, choice.age, choice.value].map((column) => data.number(row, column));
    if (typeof start !== 'number' || typeof age !== 'number' || typeof share !== 'number') return [];
    const end = unit && endOf(periodOfAge(start, age, unit), unit);
    return {
      row,
      start,
      age,
      share,
      members: members && { all: data.number(row, members.all) ?? 0, left: data.number(row, members.left) ?? 0 },
      unfinished: end !== null && lastDay !== null && end > lastDay + msPerDay,
    };
  });
}
