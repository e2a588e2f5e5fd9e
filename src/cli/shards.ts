import type { RunLogEntry } from '../contract/generation';
import { describeShards, type ShardInventory } from '../contract/publish/shards';
import { parseRecipe } from '../contract/recipe-line';
import { readRunLog } from '../engine/commit/run-log';
import { shardInventories, shardInventory } from '../engine/generation/plan/shards';
import { readLocation } from '../engine/publish/publish';
import type { ShardsOptions } from './context';
import { print, printJson } from './output/output';
import { plural } from './output/words';
import { withLocation } from './publish';
import { openToRead } from './workspace';

/** Prints which shards of a recipe are at a location, or in the workspace. */
export async function shardsCommand(location: string | undefined, options: ShardsOptions): Promise<void> {
  const recipe = options.recipe === undefined ? null : parseRecipe(options.recipe);
  const runs = await runsAt(location, options);
  const inventories = recipe ? [shardInventory(runs, recipe)] : shardInventories(runs);
  if (options.json) return printJson(recipe ? inventories[0] : inventories);
  if (inventories.length === 0) await print('There are no shards.');
  for (const inventory of inventories) await print(...describeInventory(inventory));
}

async function runsAt(location: string | undefined, options: ShardsOptions): Promise<RunLogEntry[]> {
  if (location === undefined) return readRunLog((await openToRead(options)).workspace);
  return withLocation(location, null, readLocation);
}

function describeInventory({ recipeLine, of, arrived, missing, ...more }: ShardInventory): string[] {
  const lines = [`Recipe: ${recipeLine}`];
  if (of === null && more.whole.length === 0) lines.push('  nothing has arrived');
  if (of !== null) {
    lines.push(`  arrived: ${arrived.length} of ${plural(of, 'shard')}`);
    if (missing.length > 0) lines.push(`  missing: ${describeShards(missing)}`);
  }
  for (const { part, runIds } of more.twice) {
    lines.push(
      `  ${runIds.length === 2 ? 'twice' : `${runIds.length} times`}: Shard ${part}, by the runs ${runIds.join(', ')}`,
    );
  }
  for (const { part, of: others, runIds } of more.others) {
    lines.push(`  of another division, with rows of the same events: ${part}/${others}, by ${runIds.join(', ')}`);
  }
  if (more.whole.length > 0) lines.push(`  the whole recipe: by ${more.whole.join(', ')}`);
  return lines;
}
