import type { ChartPoint } from './series';

export interface BandScales {
  /** Pixels of a time and of a value; values grow upwards. */
  readonly x: (time: number) => number;
  readonly y: (value: number) => number;
  /** The ends of the plot. */
  readonly left: number;
  readonly right: number;
}

export interface BandPlace {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

/** Pixels from the top of a capital letter to the bottom of a `g`, and a hair. */
const leastHeight = 12;
const letterWidth = 6.2;

interface Band {
  readonly top: number;
  readonly bottom: number;
}

interface Edge {
  readonly at: number;
  readonly bands: readonly Band[];
}

/** Where the name of each band of a stack fits best: where a rectangle as wide as the name is highest within the band. */
export function placeBands(
  names: readonly string[],
  points: readonly ChartPoint[],
  { x, y, left, right }: BandScales,
): BandPlace[] {
  const edges = points.map(({ time, values }): Edge => {
    let sum = 0;
    const bands = values.map((value): Band => ({ bottom: y(sum), top: y((sum += value ?? 0)) }));
    return { at: x(time), bands };
  });
  return names.flatMap((name, index) => {
    const half = (name.length * letterWidth) / 2;
    const rooms = edges.flatMap(({ at }) => {
      if (at - half < left || at + half > right) return [];
      const inside = edges.filter((edge) => Math.abs(edge.at - at) < half);
      const ends = [at - half, at + half].flatMap((end) => bandAt(end, index, edges) ?? []);
      const covered = [...inside.flatMap(({ bands }) => bands[index] ?? []), ...ends];
      const top = Math.max(...covered.map((band) => Math.min(band.top, band.bottom)));
      const bottom = Math.min(...covered.map((band) => Math.max(band.top, band.bottom)));
      return bottom - top >= leastHeight ? [{ name, x: at, y: (top + bottom) / 2, height: bottom - top }] : [];
    });
    const [first, ...others] = rooms;
    if (!first) return [];
    const best = others.reduce((found, each) => (each.height > found.height ? each : found), first);
    return [{ name, x: best.x, y: best.y }];
  });
}

/** A band between two points, where its edges are straight. */
function bandAt(at: number, index: number, edges: readonly Edge[]): Band | null {
  const next = edges.findIndex((edge) => edge.at >= at);
  const [left, right] = [edges[Math.max(0, next - 1)], edges[next]];
  const [from, to] = [left?.bands[index], right?.bands[index]];
  if (!left || !right || !from || !to) return null;
  const part = right.at === left.at ? 0 : (at - left.at) / (right.at - left.at);
  const between = (first: number, last: number) => first + (last - first) * part;
  return { top: between(from.top, to.top), bottom: between(from.bottom, to.bottom) };
}
