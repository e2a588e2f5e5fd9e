import { periodsBetween, spanYearAgo } from '../charts/data/comparison';
import type { ChartPoint } from '../charts/data/series';
import type { Grain } from '../charts/data/transform';
import type { OtherPlace } from '../charts/point-values';
import type { Formats } from '../format/formats';

/**
 * The periods that one can be compared with: the one before it, the one a year ago, and all others, the latest first.
 * The usual one is the one before, unless that is missing.
 */
export function otherPeriods(
  points: readonly ChartPoint[],
  index: number,
  grain: Grain | null,
  formats: Formats,
): { readonly others: readonly OtherPlace[]; readonly usual: number | null } {
  const before = neighbour(points, index, grain);
  const yearAgo = points[spanYearAgo(points, { first: index, last: index }, grain)?.first ?? -1] ?? null;
  const dateOf = ({ time }: ChartPoint) => (grain === 'month' ? formats.monthUtc(time) : formats.dayUtc(time));
  const place = (point: ChartPoint, words: string): OtherPlace => ({
    title: `${words}${dateOf(point)}`,
    values: point.values,
  });
  const rest = points.filter((point, at) => at !== index && point !== before && point !== yearAgo).toReversed();
  return {
    others: [
      ...(before ? [place(before, `the ${grain ?? 'point'} before, `)] : []),
      ...(yearAgo && yearAgo !== before ? [place(yearAgo, 'a year ago, ')] : []),
      ...rest.map((point) => place(point, '')),
    ],
    usual: before ? 0 : null,
  };
}

/** The period before a point, unless it is missing. */
function neighbour(points: readonly ChartPoint[], index: number, grain: Grain | null): ChartPoint | null {
  const [before, now] = [points[index - 1], points[index]];
  if (!before || !now) return null;
  const apart = periodsBetween(before.time, now.time, grain);
  return apart === null || apart === 1 ? before : null;
}
