import type { ChartChoice } from '../../../charts/chart-choice';
import { cohortCells } from '../../../charts/data/cohort-cells';
import { averagesOf } from '../../../charts/data/cohorts';
import type { TimeSeries } from '../../../charts/data/series';
import type { TableData } from '../../../charts/data/table-data';
import { changeShare, grainsOf, partialPeriods, type DaySpan, type Grain } from '../../../charts/data/transform';

/** The summary of a metric on the home: its last value, how that compares, and its course. */
export interface MetricNews {
  readonly value: number | null;
  /** The column of the value. */
  readonly of: string;
  /** The start of the value's period; null for metrics without time. */
  readonly time: number | null;
  readonly grain: Grain | null;
  /** Relative change; null without a basis for comparison. */
  readonly change: number | null;
  /** The period that the change is measured against, in words; empty without a change. */
  readonly against: string;
  readonly course: readonly number[];
  /** *line*: the course is over time; *bars*: it is the first rows. */
  readonly look: 'line' | 'bars';
}

/** Points of a course: more would be a blur in a card. */
const courseLength = 60;
const barsLength = 12;
const weekLength = 7;

/** The news of a metric over time, without partial periods. Days are compared as weeks: weekends are no news. */
export function timeNews({ names, points }: TimeSeries, stacked: boolean, days: DaySpan | null): MetricNews {
  const grain = grainsOf(points)[0] ?? null;
  const partial = grain && days ? partialPeriods(points, { grain, own: grain }, days) : [];
  const leftOut = new Set(partial.map(({ start }) => start));
  const whole = points.flatMap(({ time, values }) => {
    const numbers = (stacked ? values : values.slice(0, 1)).flatMap((value) => value ?? []);
    return leftOut.has(time) || numbers.length === 0
      ? []
      : [{ time, value: numbers.reduce((sum, each) => sum + each) }];
  });
  const length = grain === 'day' ? weekLength : 1;
  const mean = (part: readonly { readonly value: number }[]) =>
    part.length < length ? null : part.reduce((sum, { value }) => sum + value, 0) / part.length;
  const now = mean(whole.slice(-length));
  const then = mean(whole.slice(-2 * length, -length));
  const change = now === null || then === null ? null : changeShare(now, then);
  const last = whole.at(-1);
  return {
    value: last?.value ?? null,
    of: stacked ? 'total' : (names[0] ?? ''),
    time: last?.time ?? null,
    grain,
    change,
    against: change === null ? '' : length > 1 ? 'on the 7 days before' : `on the ${grain ?? 'point'} before`,
    course: whole.slice(-courseLength).map(({ value }) => value),
    look: 'line',
  };
}

/** The news of a metric without time: its first value, or the average of cohorts. */
export function plainNews(
  data: TableData,
  choice: Extract<ChartChoice, { kind: 'bar' | 'cohort' }>,
  days: DaySpan | null,
): MetricNews {
  const rows = Array.from({ length: data.rows }, (_, row) => row);
  const nothing = { time: null, grain: null, change: null, against: '' };
  if (choice.kind === 'bar') {
    const column = choice.values[0] ?? 0;
    const values = rows.map((row) => data.number(row, column));
    const name = `${(data.columns[choice.label]?.name ?? '').replace(/_id$/, '')} ${data.text(0, choice.label) ?? ''}`;
    return { ...nothing, value: values[0] ?? null, of: `${data.columns[column]?.name ?? ''}, ${name}`, course: values.slice(0, barsLength).flatMap((value) => value ?? []), look: 'bars' }; // prettier-ignore
  }
  const averages = [...averagesOf(cohortCells(data, choice, days?.last ?? null))].toSorted(([a], [b]) => a - b);
  const [age, value] = averages.find(([at]) => at >= 6) ?? averages.at(-1) ?? [0, null];
  return { ...nothing, value, of: `${data.columns[choice.value]?.name ?? ''} after ${ageText(data.columns[choice.age]?.name ?? '', age)}, on average`, course: averages.map(([, share]) => share), look: 'line' }; // prettier-ignore
}

/** Worst news first: metrics that could not be built, then the largest fall; those without a comparison come last. */
export function worstFirst<
  T extends { readonly title: string; readonly failed: boolean; readonly news: MetricNews | null },
>(cards: readonly T[]): T[] {
  const rank = ({ failed, news }: T) => (failed ? -Infinity : (news?.change ?? Infinity));
  return cards.toSorted((a, b) => {
    const [one, other] = [rank(a), rank(b)];
    return one === other ? a.title.localeCompare(b.title) : one - other;
  });
}

/** The age of cohorts in words: `6 months` for 6 in a column `months_since`, `age 6` for one in `age`. */
function ageText(column: string, age: number): string {
  const unit = /^(day|week|month|year)s?_/.exec(column)?.[1];
  return unit ? `${age} ${unit}${age === 1 ? '' : 's'}` : `${column} ${age}`;
}
