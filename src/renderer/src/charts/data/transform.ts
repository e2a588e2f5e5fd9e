import { msPerDay } from '../../../../contract/calendar';
import { monthOf, startOfMonth } from '../../format/civil-day';
import { cadenceOf, type ChartPoint, type TimeSeries } from './series';
import { sum } from '../../../../contract/sum';

export type Grain = 'day' | 'week' | 'month';
const grains: readonly Grain[] = ['day', 'week', 'month'];

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
function endOf(start: number, grain: Grain): number {
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

/** Merges the points of a series at a coarser grain. */
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
      return merge(name) === 'sum' ? sum(values) : sum(values) / values.length;
    }),
  }));
  return { names, points: merged };
}

/** Moves a span by some points; it stops at the ends and keeps its length. */
export function movedSpan({ first, last }: Span, by: number, points: number): Span {
  const step = Math.max(-first, Math.min(points - 1 - last, by));
  return { first: first + step, last: last + step };
}

/** Trailing average of `size` values; fewer at the beginning. */
export function smooth({ names, points }: TimeSeries, size: number): TimeSeries {
  if (size <= 1) return { names, points };
  return {
    names,
    points: points.map((point, at) => ({
      time: point.time,
      values: names.map((_, index) => {
        const values = points.slice(Math.max(0, at - size + 1), at + 1).flatMap(({ values: all }) => all[index] ?? []);
        return values.length === 0 ? null : sum(values) / values.length;
      }),
    })),
  };
}

/** A period that the data covers only in part, because it begins or ends within. */
export interface PartialPeriod {
  readonly start: number;
  readonly days: number;
  readonly of: number;
}

/**
 * The first and the last period of a series, if the data begins or ends within them. A period merged from finer ones
 * lasts from the first that starts in it to the end of the last that does: weeks span months.
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

/** The first period that starts at a time or later. */
function firstBeginning(time: number, grain: Grain): number {
  const start = startOf(time, grain);
  return start === time ? time : endOf(start, grain);
}

/** Indexes into a series, both inclusive. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** From the start of one period to the end of another. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

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

/** The average of one line over a span. */
export function averageOver(points: readonly ChartPoint[], { first, last }: Span, index: number): number | null {
  const values = points.slice(first, last + 1).flatMap((point) => point.values[index] ?? []);
  return values.length === 0 ? null : sum(values) / values.length;
}

/**
 * Relative change between two periods: 0.5 for an increase by half, also from -10 to -5. Null without a basis for
 * comparison.
 */
export function changeShare(now: number, then: number): number | null {
  return then === 0 ? null : (now - then) / Math.abs(then);
}

/** A note about a time, drawn as a line with a sign at its top. */
export interface Annotation {
  readonly time: number;
  readonly text: string;
}

/** Merges the notes of each time into one mark. */
export function together(marks: readonly Annotation[]): Annotation[] {
  const texts = new Map<number, string[]>();
  for (const { time, text } of marks) {
    const others = texts.get(time) ?? [];
    if (!others.includes(text)) texts.set(time, [...others, text]);
  }
  return [...texts].map(([time, all]) => ({ time, text: all.join('; ') })).toSorted((a, b) => a.time - b.time);
}
