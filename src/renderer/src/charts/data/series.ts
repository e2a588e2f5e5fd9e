import { msPerDay } from '../../../../contract/calendar';
import { monthOf } from '../../format/civil-day';

export interface ChartPoint {
  /** Milliseconds since 1970, UTC. */
  readonly time: number;
  /** One per name of the series. */
  readonly values: readonly (number | null)[];
}

export interface TimeSeries {
  readonly names: readonly string[];
  readonly points: readonly ChartPoint[];
}

/** The usual interval between the points of a series. */
export type Cadence = 'day' | 'week' | 'month' | 'point';

export function cadenceOf(points: readonly ChartPoint[]): Cadence {
  const steps = points.slice(1).map((point, index) => (point.time - (points[index]?.time ?? 0)) / msPerDay);
  const usual = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)];
  if (usual === 1) return 'day';
  if (usual === 7) return 'week';
  return usual !== undefined && usual >= 28 && usual <= 31 ? 'month' : 'point';
}

/** Missing periods between two points. */
export interface Gap {
  /** The points before and after it. */
  readonly from: number;
  readonly to: number;
  /** Days, weeks or months that are missing. */
  readonly periods: number;
}

/** The gaps of a daily, weekly or monthly series; none for other intervals. */
export function gapsOf(points: readonly ChartPoint[]): Gap[] {
  const cadence = cadenceOf(points);
  if (cadence === 'point') return [];
  const steps = (from: number, to: number): number => {
    if (cadence === 'month') return monthOf(to) - monthOf(from);
    return Math.round((to - from) / (cadence === 'week' ? 7 * msPerDay : msPerDay));
  };
  return points.slice(1).flatMap(({ time }, index) => {
    const from = points[index]?.time ?? time;
    const periods = steps(from, time) - 1;
    return periods > 0 ? [{ from, to: time, periods }] : [];
  });
}

export interface SeriesSummary {
  readonly lowest: number;
  readonly highest: number;
  readonly average: number;
  readonly latest: number;
}

/** Summary of one line of a series; null if it has no values. */
export function summarise(points: readonly ChartPoint[], series: number): SeriesSummary | null {
  const values = points.flatMap((point) => point.values[series] ?? []);
  const latest = values.at(-1);
  if (latest === undefined) return null;
  let lowest = latest;
  let highest = latest;
  let sum = 0;
  for (const value of values) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
    sum += value;
  }
  return { lowest, highest, average: sum / values.length, latest };
}
