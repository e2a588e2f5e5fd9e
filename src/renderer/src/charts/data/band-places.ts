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

const leastHeight = 15;
const letterWidth = 6.2;

/** Where the name of each band of a stack fits best: in the middle of the longest stretch on which it is high enough. */
export function placeBands(
  names: readonly string[],
  points: readonly ChartPoint[],
  { x, y, left, right }: BandScales,
): BandPlace[] {
  const edges = points.map(({ time, values }) => {
    let sum = 0;
    const bands = values.map((value) => ({ from: y(sum), to: y((sum += value ?? 0)) }));
    return { at: x(time), bands };
  });
  return names.flatMap((name, index) => {
    const half = (name.length * letterWidth) / 2;
    const room = edges.map(({ at, bands }) => {
      const { from = 0, to = 0 } = bands[index] ?? {};
      return { at, middle: (from + to) / 2, height: Math.abs(from - to) };
    });
    const fits = room.filter(
      ({ at, middle }) =>
        at - half >= left &&
        at + half <= right &&
        room.every(
          (other) =>
            Math.abs(other.at - at) > half ||
            Math.abs(other.middle - middle) + leastHeight / 2 <= other.height / 2 + 0.01,
        ),
    );
    const best = fits.reduce<(typeof fits)[number] | null>(
      (found, each) => (found && found.height >= each.height ? found : each),
      null,
    );
    return best && best.height >= leastHeight ? [{ name, x: best.at, y: best.middle }] : [];
  });
}
