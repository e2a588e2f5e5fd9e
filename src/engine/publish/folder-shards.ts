import { AppError } from '../../contract/app-error';
import { parseLocation } from '../../contract/publish/location';
import type { ShardInventory } from '../../contract/publish/shards';
import type { Recipe } from '../../contract/recipe';
import { shardInventory } from '../generation/plan/shards';
import { FolderLocation } from './location/folder-location';
import { readLocation } from './publish';

/**
 * The shards of a recipe that have been published to a folder. Never loads the SDK for object storage.
 * @param of the number of shards
 * @throws AppError LOCATION_INVALID if there is no such folder, WORKSPACE_READ_ONLY if it may not be read
 */
export async function folderShards(folder: string, recipe: Recipe, of: number): Promise<ShardInventory> {
  const parsed = parseLocation(folder);
  if (parsed?.kind !== 'folder') {
    throw new AppError('LOCATION_INVALID', `"${folder}" isn't the path of a folder.`, {
      action: 'Give an absolute path, such as /mnt/share/events.',
    });
  }
  const location = new FolderLocation(parsed.folder);
  await location.open(false).catch((error: unknown) => {
    throw location.explain(error);
  });
  return shardInventory(await readLocation(location), recipe, of);
}
