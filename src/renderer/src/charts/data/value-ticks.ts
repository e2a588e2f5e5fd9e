import type { ChartPoint } from './series';
import { sum } from '../../../../contract/sum';

const steps = [1, 2, 2.5, 5, 10];
const mostSteps = 5;

/** Round numbers from 0 to just above the largest value. Null for negative values, or none. */
export function valueTicks(most: number, least: number): number[] | null {
  if (!(most > 0) || least < 0 || !Number.isFinite(most)) return null;
  const unit = 10 ** Math.floor(Math.log10(most / mostSteps));
  const step = unit * (steps.find((candidate) => candidate * unit * mostSteps >= most) ?? 10);
  const count = Math.ceil(most / step - 1e-9);
  // Multiplying by 0.1 would give 0.30000000000000004.
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/** The range of drawn values; values of a stack add up. */
export function extremesOf(points: readonly ChartPoint[], stacked: boolean): { least: number; most: number } {
  let [least, most] = [0, 0];
  for (const { values } of points) {
    const numbers = values.flatMap((value) => value ?? []);
    least = Math.min(least, ...numbers);
    most = Math.max(most, ...(stacked ? [sum(numbers)] : numbers));
  }
  return { least, most };
}
