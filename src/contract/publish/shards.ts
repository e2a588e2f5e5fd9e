import { z } from 'zod';
import { shardSchema } from '../generation';
import { generationLimits, recipeSchema, wholeNumber } from '../recipe';

/** How many machines generate together. */
export const machinesSchema = wholeNumber('Machines', 2, generationLimits.shards);

/** Asks for the shards of a recipe in a folder. */
export const folderShardsSchema = z.object({ folder: z.string(), recipe: recipeSchema, of: machinesSchema });

export type FolderShards = z.infer<typeof folderShardsSchema>;

/** A shard, and the runs that have made it. */
const madeShardSchema = shardSchema.safeExtend({ runIds: z.array(z.string()).min(1) });

/** Which shards of a recipe are in a workspace or at a published location. */
export const shardInventorySchema = z.object({
  recipeLine: z.string(),
  /** Into how many shards the recipe is divided; null if no run made a shard of it and none was asked for. */
  of: z.int().positive().nullable(),
  /** Shard numbers that are there, in order. */
  arrived: z.array(z.int().positive()),
  missing: z.array(z.int().positive()),
  /** Shards that several runs have made: their rows are there twice. */
  twice: z.array(madeShardSchema),
  /** Shards of another division of the same recipe: they share rows with those of this one. */
  others: z.array(madeShardSchema),
  /** Runs that made the whole recipe. */
  whole: z.array(z.string()),
  /** Whether all rows of the recipe are there. */
  complete: z.boolean(),
});

export type ShardInventory = z.infer<typeof shardInventorySchema>;

const mostNamed = 10;

/** `Shard 3`, `Shards 1, 2 and 5`; a long list is cut. */
export function describeShards(parts: readonly number[]): string {
  const named = parts.slice(0, mostNamed).map(String);
  const more = parts.length - named.length;
  const last = more > 0 ? `${more} more` : named.pop();
  return named.length === 0 ? `Shard ${last}` : `Shards ${named.join(', ')} and ${last}`;
}

/** The command for each of several machines that make a recipe together, to be pasted into a shell. */
export function shardCommands(recipeLine: string, machines: number, location: string): string[] {
  const recipe = shellWord(recipeLine);
  const target = location.trim() === '' ? '<location>' : shellWord(location.trim());
  return Array.from(
    { length: machines },
    (_, index) => `micro-warehouse generate --recipe ${recipe} --shard ${index + 1}/${machines} --publish ${target}`,
  );
}

/** A word that a shell passes on as it is. Double quotes where they suffice: Windows knows no others. */
function shellWord(text: string): string {
  if (/^[\w./:@+=,-]+$/.test(text)) return text;
  return /["$`!]|\\$/.test(text) ? `'${text.replaceAll("'", String.raw`'\''`)}'` : `"${text}"`;
}
