import { AppError } from '../../../contract/app-error';
import type { RunLogEntry, Shard } from '../../../contract/generation';
import { describeShards, type ShardInventory } from '../../../contract/publish/shards';
import type { Recipe } from '../../../contract/recipe';
import { formatRecipe } from '../../../contract/recipe-line';
import { presentRuns } from '../../commit/run-log';
import { rowsText } from './repetition';

/**
 * Which shards of a recipe the runs of a log have made.
 * @param runs newest first
 * @param of the number of shards to count by; null for the division of which the largest part is there
 */
export function shardInventory(runs: readonly RunLogEntry[], recipe: Recipe, of: number | null = null): ShardInventory {
  const same = runsOfRecipe(presentRuns(runs), recipe);
  const whole = same.filter(({ request }) => request.shard === null).map(({ runId }) => runId);
  const made = madeShards(same);
  const division = of ?? fullestDivision(made);
  const own = made.filter((shard) => shard.of === division);
  const arrived = own.map(({ part }) => part);
  const present = new Set(arrived);
  const missing = Array.from({ length: division ?? 0 }, (_, index) => index + 1).filter((part) => !present.has(part));
  return {
    recipeLine: formatRecipe(recipe),
    of: division,
    arrived,
    missing,
    twice: own.filter(({ runIds }) => runIds.length > 1),
    others: made.filter((shard) => shard.of !== division),
    whole,
    complete: whole.length > 0 || (division !== null && missing.length === 0),
  };
}

/** An inventory of each recipe of which the log has shards, the newest first. */
export function shardInventories(runs: readonly RunLogEntry[]): ShardInventory[] {
  const recipes = new Map<string, Recipe>();
  for (const { request } of presentRuns(runs)) {
    const text = rowsText(request.recipe);
    if (request.shard && !recipes.has(text)) recipes.set(text, request.recipe);
  }
  return [...recipes.values()].map((recipe) => shardInventory(runs, recipe));
}

/**
 * Refuses to continue a recipe of which only some shards are there.
 * @param runs the log, newest first
 * @throws AppError SHARDS_MISSING
 */
export function refuseMissingShards(runs: readonly RunLogEntry[], recipe: Recipe): void {
  const { complete, missing, of, recipeLine } = shardInventory(runs, recipe);
  const [first] = missing;
  if (complete || first === undefined) return;
  throw new AppError(
    'SHARDS_MISSING',
    `${describeShards(missing)} of ${of} of the last recipe ${missing.length === 1 ? 'is' : 'are'} missing.`,
    {
      action: `Wait for the machines that make them, or generate them first: micro-warehouse generate --recipe "${recipeLine}" --shard ${first}/${of}.`,
    },
  );
}

interface MadeShard extends Shard {
  readonly runIds: string[];
}

/** Each shard once, ordered by division and number, with the runs that made it. */
function madeShards(runs: readonly RunLogEntry[]): MadeShard[] {
  const made = new Map<string, MadeShard>();
  for (const { runId, request } of runs) {
    if (!request.shard) continue;
    const { part, of } = request.shard;
    const shard = made.get(`${part}/${of}`) ?? { part, of, runIds: [] };
    shard.runIds.push(runId);
    made.set(`${part}/${of}`, shard);
  }
  return [...made.values()].toSorted((a, b) => a.of - b.of || a.part - b.part);
}

function fullestDivision(made: readonly MadeShard[]): number | null {
  const counts = new Map<number, number>();
  for (const { of } of made) counts.set(of, (counts.get(of) ?? 0) + 1);
  const [fullest] = [...counts].toSorted(([a, madeOfA], [b, madeOfB]) => madeOfB / b - madeOfA / a);
  return fullest?.[0] ?? null;
}

function runsOfRecipe(runs: readonly RunLogEntry[], recipe: Recipe): RunLogEntry[] {
  const text = rowsText(recipe);
  return runs.filter(({ request }) => rowsText(request.recipe) === text);
}
