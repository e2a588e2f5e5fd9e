import { msPerDay } from '../../../../contract/calendar';
import type { ChartData } from '../../../../contract/result-work';
import type { Formats } from '../../format/formats';
import { instantAt, localTime, offsetText } from '../../charts/data/local-time';
import { formatTick, timeTicks } from '../../charts/data/time-ticks';
import { formatTimestamp } from '../rows/temporal-text';

/** Most ticks of a time axis. */
const mostTicks = 12;

/** A short label of a place on the x axis. */
export function tickText({ axis, labels }: Pick<ChartData, 'axis' | 'labels'>, x: number, formats: Formats): string {
  if (axis === 'category') return labels[x] ?? '';
  if (axis === 'time') return formatTick(x, formats);
  return axis === 'instant' ? formatTick(localTime(x), formats) : formats.compact(x);
}

/** The same in full. */
export function placeText({ axis, labels }: Pick<ChartData, 'axis' | 'labels'>, x: number): string {
  if (axis === 'category') return labels[x] ?? '';
  if (axis === 'time') return timeText(x);
  return axis === 'instant' ? `${timeText(localTime(x))}${offsetText(x)}` : String(x);
}

/** Round positions within a time axis; null for other axes. */
export function ticksBetween(axis: ChartData['axis'], first: number, last: number): number[] | null {
  if (axis === 'time') return timeTicks(first, last, mostTicks);
  if (axis !== 'instant') return null;
  return timeTicks(localTime(first), localTime(last), mostTicks).map(instantAt);
}

/** A time as DuckDB writes it; a day without its midnight. */
function timeText(time: number): string {
  if (!Number.isFinite(time)) return String(time);
  const text = formatTimestamp(
    BigInt(Math.round(time)) * 1_000n + BigInt(Math.round((time - Math.round(time)) * 1_000)),
  );
  return time % msPerDay === 0 ? text.replace(' 00:00:00', '') : text;
}
