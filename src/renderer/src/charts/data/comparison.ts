import { msPerDay } from '../../../../contract/calendar';
import { monthOf } from '../../format/civil-day';
import type { ChartPoint } from './series';
import { spanBefore, spanOf, type Grain, type Span, type TimeRange } from './transform';

/** The range that another is compared with: the one before it, the same weeks of the year before, or a range of one's own. */
export const compareModes = ['off', 'before', 'year', 'range'] as const;
export type CompareMode = (typeof compareModes)[number];

/** 52 weeks: the same weekdays. Months have the same names instead. */
const yearOfWeeks = 364 * msPerDay;

/** Periods from one to another, without gaps between them; null for an irregular series. */
export function periodsBetween(from: number, to: number, grain: Grain | null): number | null {
  if (grain === null) return null;
  if (grain === 'month') return monthOf(to) - monthOf(from);
  return Math.round((to - from) / (grain === 'week' ? 7 * msPerDay : msPerDay));
}

/** The same periods a year before; null if the series doesn't reach back that far. */
export function spanYearAgo(points: readonly ChartPoint[], { first, last }: Span, grain: Grain | null): Span | null {
  const [from, to, begin] = [points[first]?.time, points[last]?.time, points[0]?.time];
  if (from === undefined || to === undefined || begin === undefined) return null;
  const before = (time: number) => (grain === 'month' ? monthOf(time) - 12 : time - yearOfWeeks);
  const place = (time: number) => (grain === 'month' ? monthOf(time) : time);
  if (before(from) < place(begin)) return null;
  const span = {
    first: points.findIndex(({ time }) => place(time) >= before(from)),
    last: points.findLastIndex(({ time }) => place(time) <= before(to)),
  };
  return span.first < 0 || span.last < span.first ? null : span;
}

/**
 * The span that another is compared with; null if there is none.
 * @param range of the mode *range*
 */
export function comparedSpan(
  points: readonly ChartPoint[],
  span: Span,
  {
    mode,
    grain,
    range,
  }: { readonly mode: CompareMode; readonly grain: Grain | null; readonly range: TimeRange | null },
): Span | null {
  if (mode === 'before') return spanBefore(span);
  if (mode === 'year') return spanYearAgo(points, span, grain);
  return mode === 'range' && range ? spanOf(points, range) : null;
}

/**
 * For each point of a span its counterpart in the other: that at the same distance from the beginning, so that a gap in
 * one of them moves nothing. Of irregular series it is the one with the same number.
 */
export function counterparts(
  points: readonly ChartPoint[],
  span: Span,
  other: Span,
  grain: Grain | null,
): (ChartPoint | null)[] {
  const [begin, otherBegin] = [points[span.first]?.time ?? 0, points[other.first]?.time ?? 0];
  const place = (time: number, index: number, from: number) => periodsBetween(from, time, grain) ?? index;
  const byPlace = new Map(
    points.slice(other.first, other.last + 1).map((point, index) => [place(point.time, index, otherBegin), point]),
  );
  return points
    .slice(span.first, span.last + 1)
    .map(({ time }, index) => byPlace.get(place(time, index, begin)) ?? null);
}
