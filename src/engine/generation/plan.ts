import type { Chunk, DayPlan } from '../../contract/generator-messages';
import { daysBetween, type Recipe } from '../../contract/recipe';

/**
 * Bounds of a chunk. Each COPY costs some 10 ms of its own, so few days are slow; its rows are held in memory until
 * their files are written, so many rows are big. DuckDB keeps at most 100 files open at once: more days than that
 * would get several files each.
 */
export const chunkLimits = { days: 48, rows: 250_000 } as const;

const MS_PER_DAY = 86_400_000;

/**
 * Cuts a recipe into the rows of each day and the days of each chunk. It depends on the recipe alone, never on the
 * number of workers, so that the same recipe gives the same files however it is carried out.
 */
export function planChunks(recipe: Recipe): Chunk[] {
  return groupDays(planDays(recipe));
}

/** The days that get rows, by date; their rows sum to `recipe.rows` and their row numbers follow each other. */
export function planDays(recipe: Recipe): DayPlan[] {
  const days = daysBetween(recipe.start, recipe.end);
  // A day without rows would be a gap among the partitions: none as long as there are rows enough.
  const least = recipe.rows >= days ? 1 : 0;
  const spare = recipe.rows - least * days;
  const counts = apportion(spare, uniformWeights(recipe, spare / days, days));
  const first = Date.parse(recipe.start);
  const plans: DayPlan[] = [];
  let firstRow = 0;
  for (const [index, count] of counts.entries()) {
    const rows = count + least;
    if (rows > 0) plans.push({ date: dateText(first + index * MS_PER_DAY), firstRow, rows });
    firstRow += rows;
  }
  return plans;
}

/** Splits `total` into whole numbers in proportion to `weights`, by largest remainder; the earlier wins a tie. */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const shares = weights.map((weight) => (total * weight) / sum);
  const counts = shares.map(Math.floor);
  const missing = total - counts.reduce((a, b) => a + b, 0);
  const byRemainder = shares
    .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
    .toSorted((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, missing)) counts[index] = (counts[index] ?? 0) + 1;
  return counts;
}

/** Puts consecutive days together until the next one would pass a limit; a day is never split, as it gets one file. */
function groupDays(days: readonly DayPlan[]): Chunk[] {
  const chunks: Chunk[] = [];
  let current: DayPlan[] = [];
  let rows = 0;
  for (const day of days) {
    if (current.length > 0 && (current.length === chunkLimits.days || rows + day.rows > chunkLimits.rows)) {
      chunks.push({ index: chunks.length, days: current });
      current = [];
      rows = 0;
    }
    current.push(day);
    rows += day.rows;
  }
  chunks.push({ index: chunks.length, days: current });
  return chunks;
}

/**
 * Times drawn uniformly over the range do not give every day the same count but about mean +- sqrt(mean), by chance.
 * This gives the weights that spread.
 */
function uniformWeights({ seed }: Recipe, mean: number, days: number): number[] {
  const spread = mean > 0 ? 1 / Math.sqrt(mean) : 0;
  return Array.from({ length: days }, (_, day) => Math.max(0.01, 1 + spread * standardNormal(seed, day)));
}

/** Sum of twelve uniforms less six: close to normal, and exact arithmetic, so the same on every machine. */
function standardNormal(seed: number, day: number): number {
  let sum = -6;
  for (let draw = 0; draw < 12; draw += 1) sum += mix(mix(seed) ^ mix(day * 12 + draw)) / 2 ** 32;
  return sum;
}

/** Scrambles 32 bits (the finalizer of MurmurHash3). */
function mix(value: number): number {
  let bits = (value + 0x9e3779b9) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

function dateText(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
