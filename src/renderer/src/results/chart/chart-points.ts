import type { Chart, ChartData } from '../../../../contract/result-work';

export type Point = Record<string, number | null> & { x: number };

/**
 * One point per place on the axis, with a value of each series; several points of a series at one place stay separate.
 */
export function toPoints({ series }: Pick<ChartData, 'series'>): Point[] {
  const points = new Map<string, Point>();
  series.forEach(({ points: own }, index) => {
    const seen = new Map<number, number>();
    for (const [x, y] of own) {
      const repeat = seen.get(x) ?? 0;
      seen.set(x, repeat + 1);
      const key = `${x} ${repeat}`;
      const point: Point = points.get(key) ?? { x };
      point[`s${index}`] = y;
      points.set(key, point);
    }
  });
  return [...points.values()].toSorted((a, b) => a.x - b.x);
}

/** Whether areas and bars of several series are stacked: their values add up, and none is below zero. */
export function isStacked(
  { kind, aggregate }: Pick<Chart, 'kind' | 'aggregate'>,
  { series }: Pick<ChartData, 'series'>,
): boolean {
  const adds = aggregate === 'sum' || aggregate === 'count';
  if (!adds || series.length < 2 || (kind !== 'area' && kind !== 'bar')) return false;
  return series.every(({ points }) => points.every(([, y]) => y === null || y >= 0));
}
