import { regrain, type Grain } from './transform';
import type { ChartPoint } from './series';

/** Pixels per point below which a line becomes a blur. */
const leastPitch = 3;
/** Widths and counts at the extremes: a chart that isn't measured yet, and more points than eyes can tell apart. */
const usualPoints = 200;
const fewPoints = 60;

/** Most points that a chart of a width shows well. */
export function pointsIn(width: number): number {
  return width <= 0 ? usualPoints : Math.max(fewPoints, Math.min(usualPoints, Math.floor(width / leastPitch)));
}

/**
 * The finest grain at which a series has no more points than its chart shows well; the coarsest if each has more.
 * @param grains of the series, the finest first
 * @param width of the chart in pixels; 0 if unknown
 * @returns null for an irregular series
 */
export function defaultGrain(points: readonly ChartPoint[], grains: readonly Grain[], width: number): Grain | null {
  const most = pointsIn(width);
  const fits = grains.find((grain) => countAt(points, grain) <= most);
  return fits ?? grains.at(-1) ?? null;
}

function countAt(points: readonly ChartPoint[], grain: Grain): number {
  return regrain({ names: [], points }, grain, () => 'sum').points.length;
}
