import { kindOf } from '../../../contract/column-type';
import { mostSeries } from './data/colours';
import { isShare, numbersOf, type TableData } from './data/table-data';

/** The best chart for a result, and its columns. */
export type ChartChoice =
  /** Numbers over time; each of `measures` is one chart, with columns of the same scale. */
  | { readonly kind: 'line'; readonly time: number; readonly measures: readonly (readonly number[])[] }
  /** One number over time, by category. */
  | { readonly kind: 'stacked'; readonly time: number; readonly category: number; readonly value: number }
  /** Steps over time, each a subset of the one before. */
  | {
      readonly kind: 'funnel';
      readonly time: number;
      readonly steps: readonly number[];
      readonly measures: readonly (readonly number[])[];
    }
  /** A share by start of the cohort and periods since. */
  | { readonly kind: 'cohort'; readonly start: number; readonly age: number; readonly value: number }
  /** Numbers by name. */
  | { readonly kind: 'bar'; readonly label: number; readonly values: readonly number[] }
  | { readonly kind: 'none' };

/** Columns share a chart if the largest value of one is at most this many times that of another. */
const oneScale = 60;

/** Chooses by the types and values of the columns, so that it works for the user's own metrics too. */
export function chooseChart(data: TableData): ChartChoice {
  const { columns } = data;
  const numbers = columns.flatMap(({ type }, index) => (kindOf(type) === 'number' ? [index] : []));
  const texts = columns.flatMap(({ type }, index) => (type === 'VARCHAR' ? [index] : []));
  if (numbers.length === 0) return { kind: 'none' };
  if (kindOf(columns[0]?.type ?? '') !== 'time') return barChart(data, numbers, texts);
  const times = numbersOf(data, 0);
  if (new Set(times).size < times.length) return repeatedTimes(data, numbers, texts);
  const steps = stepsOf(data, numbers);
  const measures = byScale(data, numbers);
  if (steps.length >= 3) return { kind: 'funnel', time: 0, steps, measures };
  return { kind: 'line', time: 0, measures };
}

function repeatedTimes(data: TableData, numbers: readonly number[], texts: readonly number[]): ChartChoice {
  const share = numbers.find((column) => isShare(data, column));
  const age = numbers[0];
  if (texts.length === 0 && share !== undefined && age !== undefined && age !== share) {
    return { kind: 'cohort', start: 0, age, value: share };
  }
  const [category, value] = [texts[0] ?? numbers[0], numbers.find((column) => column !== (texts[0] ?? numbers[0]))];
  if (category === undefined || value === undefined) return { kind: 'none' };
  return { kind: 'stacked', time: 0, category, value };
}

/**
 * The measure with the column that the metric is named after, such as revenue for `gold_daily_revenue`; otherwise the
 * first.
 */
export function measureNamedBy(
  metric: string,
  { columns }: Pick<TableData, 'columns'>,
  measures: readonly (readonly number[])[],
): number {
  const named = measures.findIndex((group) => group.some((column) => metric.endsWith(`_${columns[column]?.name}`)));
  return Math.max(0, named);
}

/** Bars are named by a text column, or by an id. */
function barChart(data: TableData, numbers: readonly number[], texts: readonly number[]): ChartChoice {
  const ids = data.columns.flatMap(({ name }, index) => (/(^|_)id$/.test(name) ? [index] : []));
  const label = texts[0] ?? ids[0] ?? 0;
  const values = numbers.filter((column) => column > label);
  if (values.length > 0) return { kind: 'bar', label, values };
  const others = numbers.filter((column) => column !== label);
  return others.length > 0 ? { kind: 'bar', label, values: others } : { kind: 'none' };
}

/** Leading whole-number columns, none of them ever larger than the one before. */
function stepsOf(data: TableData, numbers: readonly number[]): number[] {
  const steps: number[] = [];
  for (const column of numbers) {
    const before = steps.at(-1);
    const whole = /INT/.test(data.columns[column]?.type ?? '');
    if (!whole || (before !== undefined && !isWithin(data, column, before))) break;
    steps.push(column);
  }
  return steps;
}

function isWithin(data: TableData, column: number, before: number): boolean {
  const outer = numbersOf(data, before);
  return numbersOf(data, column).every((value, row) => (value ?? 0) <= (outer[row] ?? 0));
}

function byScale(data: TableData, numbers: readonly number[]): number[][] {
  const groups: { share: boolean; most: number; columns: number[] }[] = [];
  for (const column of numbers) {
    const most = numbersOf(data, column).reduce<number>((largest, value) => Math.max(largest, Math.abs(value ?? 0)), 0);
    const share = isShare(data, column);
    const fits = groups.find(
      (group) => !share && !group.share && Math.max(most, group.most) <= oneScale * Math.min(most, group.most),
    );
    if (fits && fits.columns.length < mostSeries) fits.columns.push(column);
    else groups.push({ share, most, columns: [column] });
  }
  return groups.map(({ columns }) => columns);
}
