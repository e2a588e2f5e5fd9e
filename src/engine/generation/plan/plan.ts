import type { Chunk, DayPlan } from '../../../contract/rpc/generator-messages';
import type { Shard } from '../../../contract/generation';
import { addDays, daysBetween } from '../../../contract/calendar';
import { type Recipe } from '../../../contract/recipe';
import { chance, dayWeight } from './day-weights';
import { sum } from '../../../contract/sum';

/**
 * Bounds of a chunk. Each COPY costs about 10 ms, so small chunks are slow; its rows are in memory until their files
 * are written, so large chunks need memory. DuckDB keeps at most 100 files open at once: with more days, each would get
 * several files.
 */
export const chunkLimits = { days: 48, rows: 250_000 } as const;

/**
 * The last chunks are smaller, at most a third of the remaining rows, so that all workers end at about the same time.
 */
const taper = { share: 1 / 3, leastRows: 60_000 } as const;

/** The chunks of one shard of a recipe; the shards together are the whole, and each day is in one of them. */
export function planShard(recipe: Recipe, shard: Shard | null): Chunk[] {
  const chunks = planChunks(recipe);
  return shard ? chunks.filter(({ index }) => index % shard.of === shard.part - 1) : chunks;
}

/**
 * Divides a recipe into rows per day and days per chunk. Depends only on the recipe, not on the number of workers, so
 * that a recipe always gives the same files.
 */
export function planChunks(recipe: Recipe): Chunk[] {
  return groupDays(planDays(recipe));
}

/**
 * The days with rows, by date; their rows sum to `recipe.rows`, and their row numbers are consecutive, starting where
 * an earlier recipe ended.
 */
export function planDays(recipe: Recipe): DayPlan[] {
  const days = daysBetween(recipe.start, recipe.end);
  // A day without rows would be a gap in the partitions, so each day gets one if there are enough.
  const least = recipe.rows >= days ? 1 : 0;
  const spare = recipe.rows - least * days;
  const dates = Array.from({ length: days }, (_, day) => addDays(recipe.start, day));
  const counts = apportion(spare, weigh(recipe, dates, spare));
  const plans: DayPlan[] = [];
  let firstRow = recipe.continues?.firstRow ?? 0;
  for (const [index, date] of dates.entries()) {
    const rows = (counts[index] ?? 0) + least;
    if (rows > 0) plans.push({ date, firstRow, rows });
    firstRow += rows;
  }
  return plans;
}

/** The weight of each day, including chance. */
function weigh(recipe: Recipe, dates: readonly string[], rows: number): number[] {
  const weights = dates.map((date) => dayWeight(recipe, date));
  const total = sum(weights);
  return dates.map((date, day) => {
    const weight = weights[day] ?? 0;
    return weight * chance(recipe, date, (rows * weight) / total);
  });
}

/** Splits `total` into whole numbers in proportion to `weights`, by largest remainder; ties go to the earlier. */
export function apportion(total: number, weights: readonly number[]): number[] {
  const weight = sum(weights);
  const shares = weights.map((each) => (total * each) / weight);
  const counts = shares.map(Math.floor);
  const missing = total - sum(counts);
  const byRemainder = shares
    .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
    .toSorted((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, missing)) counts[index] = (counts[index] ?? 0) + 1;
  return counts;
}

/** Groups consecutive days until the next one would exceed a limit; a day is never split, since it gets one file. */
function groupDays(days: readonly DayPlan[]): Chunk[] {
  const chunks: Chunk[] = [];
  let current: DayPlan[] = [];
  let rows = 0;
  let rowsLeft = sum(days.map(({ rows: rowsOfDay }) => rowsOfDay));
  for (const day of days) {
    const most = Math.min(chunkLimits.rows, Math.max(taper.leastRows, rowsLeft * taper.share));
    if (current.length > 0 && (current.length === chunkLimits.days || rows + day.rows > most)) {
      chunks.push({ index: chunks.length, days: current });
      current = [];
      rowsLeft -= rows;
      rows = 0;
    }
    current.push(day);
    rows += day.rows;
  }
  if (current.length > 0) chunks.push({ index: chunks.length, days: current });
  return chunks;
}

/** Rows of all days in a chunk. */
export function rowsOf(chunk: Chunk): number {
  return sum(chunk.days.map(({ rows }) => rows));
}
