import { z } from 'zod';
import { msPerDay } from '../../../../contract/calendar';
import { monthOf, startOfMonth } from '../../format/civil-day';
import { cadenceOf, type ChartPoint, type TimeSeries } from './series';

export const grains = ['day', 'week', 'month'] as const;
export type Grain = (typeof grains)[number];

/** Grains that a series can be shown at: its own and coarser ones; none for an irregular series. */
export function grainsOf(points: readonly ChartPoint[]): Grain[] {
  const own = grains.findIndex((grain) => grain === cadenceOf(points));
  return own < 0 ? [] : grains.slice(own);
}

/** Start of the period that contains a time; weeks start on Monday. */
export function startOf(time: number, grain: Grain): number {
  const day = Math.floor(time / msPerDay);
  if (grain === 'day') return day * msPerDay;
  // 1970-01-01 was a Thursday. The remainder of a negative number is negative.
  if (grain === 'week') return (Math.floor((day + 3) / 7) * 7 - 3) * msPerDay;
  return startOfMonth(monthOf(time));
}

/** End of the period that starts at `start`, exclusive. */
export function endOf(start: number, grain: Grain): number {
  if (grain === 'day') return start + msPerDay;
  if (grain === 'week') return start + 7 * msPerDay;
  return startOfMonth(monthOf(start) + 1);
}

/** How values of a finer grain are merged: amounts are summed; distinct users and shares are not. */
export type Merge = 'sum' | 'average';
const amounts = /(^|_)(events|purchases|revenue|rows|amount|count|total|orders|sales|sum)$/;

export function mergeOf(name: string): Merge {
  return amounts.test(name) ? 'sum' : 'average';
}

/** Starts of periods that averages leave out, because they are partial. */
export type LeftOut = ReadonlySet<number>;
const nothing: LeftOut = new Set();

/** The points that averages are made of: all of them where each is partial. */
function countedIn(points: readonly ChartPoint[], leftOut: LeftOut): readonly ChartPoint[] {
  const whole = points.filter(({ time }) => !leftOut.has(time));
  return whole.length === 0 ? points : whole;
}

/**
 * Merges the points of a series at a coarser grain.
 * @param leftOut partial periods of the series' own grain: sums include them, averages don't
 */
export function regrain(
  { names, points }: TimeSeries,
  grain: Grain,
  merge: (name: string) => Merge,
  leftOut: LeftOut = nothing,
): TimeSeries {
  const groups = new Map<number, ChartPoint[]>();
  for (const point of points) {
    const start = startOf(point.time, grain);
    groups.set(start, [...(groups.get(start) ?? []), point]);
  }
  const merged = [...groups].map(([time, group]) => ({
    time,
    values: names.map((name, index) => {
      const sums = merge(name) === 'sum';
      const values = (sums ? group : countedIn(group, leftOut)).flatMap((point) => point.values[index] ?? []);
      if (values.length === 0) return null;
      const sum = values.reduce((total, value) => total + value, 0);
      return sums ? sum : sum / values.length;
    }),
  }));
  return { names, points: merged };
}

/** Moves a span by some points; it stops at the ends and keeps its length. */
export function movedSpan({ first, last }: Span, by: number, points: number): Span {
  const step = Math.max(-first, Math.min(points - 1 - last, by));
  return { first: first + step, last: last + step };
}

/** Trailing average of `size` values; fewer at the beginning, and where periods are partial. */
export function smooth({ names, points }: TimeSeries, size: number, leftOut: LeftOut = nothing): TimeSeries {
  if (size <= 1) return { names, points };
  return {
    names,
    points: points.map((point, at) => ({
      time: point.time,
      values: names.map((_, index) => {
        const window = countedIn(points.slice(Math.max(0, at - size + 1), at + 1), leftOut);
        const values = window.flatMap(({ values: all }) => all[index] ?? []);
        return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
      }),
    })),
  };
}

/** A period that the data covers only in part: it begins or ends within, or days of it have no files. */
export interface PartialPeriod {
  readonly start: number;
  readonly days: number;
  readonly of: number;
}

/** The days of a workspace, as times of midnight, UTC. */
export interface DaySpan {
  readonly first: number;
  readonly last: number;
  /** Days between these without files, in order. */
  readonly missing: readonly number[];
}

/**
 * The periods of a series that the days cover only in part. A period merged from finer ones lasts from the first that
 * starts in it to the end of the last that does: weeks span months.
 */
export function partialPeriods(
  points: readonly ChartPoint[],
  { grain, own }: { readonly grain: Grain; readonly own: Grain },
  { first, last, missing }: DaySpan,
): PartialPeriod[] {
  const ends = new Set([points.at(0)?.time, points.at(-1)?.time]);
  return points.flatMap(({ time: start }) => {
    const [from, to] = [firstBeginning(start, own), firstBeginning(endOf(start, grain), own)];
    const lost = missing.filter((day) => day >= from && day < to).length;
    // Only the ends may reach beyond the days: a metric of the user's can have times of its own.
    const within = ends.has(start) ? Math.min(to, last + msPerDay) - Math.max(from, first) : to - from;
    const [days, of] = [Math.max(0, Math.round(within / msPerDay) - lost), Math.round((to - from) / msPerDay)];
    return days < of ? [{ start, days, of }] : [];
  });
}

/** The first period that starts at a time or later. */
export function firstBeginning(time: number, grain: Grain): number {
  const start = startOf(time, grain);
  return start === time ? time : endOf(start, grain);
}

/** Indexes into a series, both inclusive. */
export const spanSchema = z.object({ first: z.int().nonnegative(), last: z.int().nonnegative() }).readonly();
export type Span = z.infer<typeof spanSchema>;

/** From the start of one period to the end of another. */
export const timeRangeSchema = z
  .object({
    from: z.number(),
    // JSON has no infinity, which is the end of a range that is unlimited; it becomes null there.
    to: z.preprocess((to) => to ?? Infinity, z.union([z.number(), z.literal(Infinity)])),
  })
  .readonly();
export type TimeRange = z.infer<typeof timeRangeSchema>;

/** The time range of a span, up to the end of its last period; unlimited if it ends with the series. */
export function timesOf(points: readonly ChartPoint[], { first, last }: Span): TimeRange {
  return { from: points[first]?.time ?? 0, to: (points[last + 1]?.time ?? Infinity) - 1 };
}

/** The span of periods within a time range, also at another grain than that of the range. */
export function spanOf(points: readonly ChartPoint[], { from, to }: TimeRange): Span {
  const first = points.findLastIndex(({ time }) => time <= from);
  const last = points.findLastIndex(({ time }) => time <= to);
  return { first: Math.max(0, first), last: Math.max(0, last) };
}

/** The preceding span with as many points; null if there are too few. */
export function spanBefore({ first, last }: Span): Span | null {
  const length = last - first + 1;
  return first >= length ? { first: first - length, last: first - 1 } : null;
}

/** The average of one line over a span, without partial periods. */
export function averageOver(
  points: readonly ChartPoint[],
  { first, last }: Span,
  index: number,
  leftOut: LeftOut = nothing,
): number | null {
  const values = countedIn(points.slice(first, last + 1), leftOut).flatMap((point) => point.values[index] ?? []);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Relative change between two periods: 0.5 for an increase by half, also from -10 to -5. Null without a basis for
 * comparison.
 */
export function changeShare(now: number, then: number): number | null {
  return then === 0 ? null : (now - then) / Math.abs(then);
}
