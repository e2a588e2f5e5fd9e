import { msPerDay } from '../../../contract/calendar';
import type { Formats } from '../format/formats';
import { startOfMonth, monthOf } from '../format/civil-day';
import { cadenceOf, gapsOf, type ChartPoint, type Gap } from './data/series';
import { numbersOf, type TableData } from './data/table-data';
import { sum } from '../../../contract/sum';
import { columnTitle } from '../format/model-title';

const mostNamed = 3;

/** The periods that a series lacks between its ends, in words: `2 days without rows: 2025-01-03 to 2025-01-04`. */
export function gapNotes(points: readonly ChartPoint[], formats: Formats): string[] {
  const gaps = gapsOf(points);
  if (gaps.length === 0) return [];
  const cadence = cadenceOf(points);
  const periods = sum(gaps.map((gap) => gap.periods));
  const named = gaps.slice(0, mostNamed).map((gap) => spanText(gap, cadence, formats));
  const more = gaps.length > mostNamed ? ', …' : '';
  return [`${formats.amount(periods, cadence)} without rows: ${named.join(', ')}${more}`];
}

function spanText({ from, to, periods }: Gap, cadence: ReturnType<typeof cadenceOf>, formats: Formats): string {
  const step = (cadence === 'week' ? 7 : 1) * msPerDay;
  const byMonth = cadence === 'month';
  const first = byMonth ? startOfMonth(monthOf(from) + 1) : from + step;
  const last = byMonth ? startOfMonth(monthOf(to) - 1) : to - step;
  return periods === 1 ? formats.dayUtc(first) : `${formats.dayUtc(first)} to ${formats.dayUtc(last)}`;
}

/** How many rows have no place on the axis, in words; null where all have one. */
export function leftOutNote(data: TableData, time: number, formats: Formats): string | null {
  const leftOut = numbersOf(data, time).filter((value) => value === null || !Number.isFinite(value)).length;
  return leftOut === 0
    ? null
    : `${formats.amount(leftOut, 'row')} left out: ${columnTitle(data.columns[time]?.name ?? '')} is NULL`;
}
