import { msPerDay } from '../../../../contract/calendar';
import { monthOf, startOfMonth } from '../../format/civil-day';
import { cadenceOf, type ChartPoint, type TimeSeries } from './series';

export type Grain = 'day' | 'week' | 'month';
const grains: readonly Grain[] = ['day', 'week', 'month'];

/** Grains that a series can be shown by: its own and coarser ones; none where it has none. */
export function grainsOf(points: readonly ChartPoint[]): Grain[] {
  const own = grains.findIndex((grain) => grain === cadenceOf(points));
  return own < 0 ? [] : grains.slice(own);
}

/** First instant of the period that a time belongs to; weeks start on Monday. */
export function startOf(time: number, grain: Grain): number {
  const day = Math.floor(time / msPerDay);
  if (grain === 'day') return day * msPerDay;
  // 1970-01-01 was a Thursday. The remainder of a negative number is negative.
  if (grain === 'week') return (Math.floor((day + 3) / 7) * 7 - 3) * msPerDay;
  return startOfMonth(monthOf(time));
}

/** First instant after the period that starts at `start`. */
function endOf(start: number, grain: Grain): number {
  if (grain === 'day') return start + msPerDay;
  if (grain === 'week') return start + 7 * msPerDay;
  return startOfMonth(monthOf(start) + 1);
}

/** What becomes of the values of a finer grain: amounts add up; counts of different users or shares do not. */
export type Merge = 'sum' | 'average';
const amounts = /(^|_)(events|purchases|revenue|rows|amount|count|total|orders|sales|sum)$/;

export function mergeOf(name: string): Merge {
  return amounts.test(name) ? 'sum' : 'average';
}

/** Puts the points of a series together by a coarser grain. */
export function regrain({ names, points }: TimeSeries, grain: Grain, merge: (name: string) => Merge): TimeSeries {
  const groups = new Map<number, ChartPoint[]>();
  for (const point of points) {
    const start = startOf(point.time, grain);
    groups.set(start, [...(groups.get(start) ?? []), point]);
  }
  const merged = [...groups].map(([time, group]) => ({
    time,
    values: names.map((name, index) => {
      const values = group.flatMap((point) => point.values[index] ?? []);
      if (values.length === 0) return null;
      const sum = values.reduce((total, value) => total + value, 0);
      return merge(name) === 'sum' ? sum : sum / values.length;
    }),
  }));
  return { names, points: merged };
}

/** A span further on by some points, or back; it stops at the ends and keeps its length. */
export function movedSpan({ first, last }: Span, by: number, points: number): Span {
  const step = Math.max(-first, Math.min(points - 1 - last, by));
  return { first: first + step, last: last + step };
}

/** Each value as the average of itself and those before it, `size` in all; fewer at the beginning. */
export function smooth({ names, points }: TimeSeries, size: number): TimeSeries {
  if (size <= 1) return { names, points };
  return {
    names,
    points: points.map((point, at) => ({
      time: point.time,
      values: names.map((_, index) => {
        const values = points.slice(Math.max(0, at - size + 1), at + 1).flatMap(({ values: all }) => all[index] ?? []);
        return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
      }),
    })),
  };
}

/** A period that the data covers only in part, since it begins or ends within. */
export interface PartialPeriod {
  readonly start: number;
  readonly days: number;
  readonly of: number;
}

/**
 * The first and the last period of a series where the data begins or ends within them. A period that was put together
 * from finer ones lasts from the first that begins in it to the end of the last that does: weeks lie across months.
 */
export function partialPeriods(
  points: readonly ChartPoint[],
  { grain, own }: { readonly grain: Grain; readonly own: Grain },
  firstDay: number,
  lastDay: number,
): PartialPeriod[] {
  const ends = [...new Set([points.at(0)?.time, points.at(-1)?.time])];
  return ends.flatMap((start) => {
    if (start === undefined) return [];
    const [from, to] = [firstBeginning(start, own), firstBeginning(endOf(start, grain), own)];
    const covered = Math.min(to, lastDay + msPerDay) - Math.max(from, firstDay);
    const [days, of] = [Math.max(0, Math.round(covered / msPerDay)), Math.round((to - from) / msPerDay)];
    return days < of ? [{ start, days, of }] : [];
  });
}

/** The first period that begins at a time or after it. */
function firstBeginning(time: number, grain: Grain): number {
  const start = startOf(time, grain);
  return start === time ? time : endOf(start, grain);
}

/** Places in a series, both included. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** From the beginning of one period to the end of another. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** The time that a span lasts: to the end of its last period, which nothing limits where it is the last of all. */
export function timesOf(points: readonly ChartPoint[], { first, last }: Span): TimeRange {
  return { from: points[first]?.time ?? 0, to: (points[last + 1]?.time ?? Infinity) - 1 };
}

/** The periods that a time lies in, also where they are others than those that it was taken from. */
export function spanOf(points: readonly ChartPoint[], { from, to }: TimeRange): Span {
  const first = points.findLastIndex(({ time }) => time <= from);
  const last = points.findLastIndex(({ time }) => time <= to);
  return { first: Math.max(0, first), last: Math.max(0, last) };
}

/** As many points as a span has, from right before it; null where there are not so many. */
export function spanBefore({ first, last }: Span): Span | null {
  const length = last - first + 1;
  return first >= length ? { first: first - length, last: first - 1 } : null;
}

/** The average of one line over a span. */
export function averageOver(points: readonly ChartPoint[], { first, last }: Span, index: number): number | null {
  const values = points.slice(first, last + 1).flatMap((point) => point.values[index] ?? []);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * By how much of its size a value has changed, from one period to the next: 0.5 for a rise by half, also from -10 to
 * -5. Null where there was nothing to compare with.
 */
export function changeShare(now: number, then: number): number | null {
  return then === 0 ? null : (now - then) / Math.abs(then);
}

/** Something worth knowing about a time, drawn as a line with a sign at its top. */
export interface Annotation {
  readonly time: number;
  readonly text: string;
}

/** One mark a time, which says all that there is to say about it. */
export function together(marks: readonly Annotation[]): Annotation[] {
  const texts = new Map<number, string[]>();
  for (const { time, text } of marks) {
    const others = texts.get(time) ?? [];
    if (!others.includes(text)) texts.set(time, [...others, text]);
  }
  return [...texts].map(([time, all]) => ({ time, text: all.join('; ') })).toSorted((a, b) => a.time - b.time);
}
