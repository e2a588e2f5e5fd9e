import path from 'node:path';
import { isLeftBehind } from './owned-name';
import type { WorkspaceRoot } from './path-checks';
import { unfinishedPrefix, WorkspaceFiles } from './workspace-files';

/** Entries of a folder that are looked at. */
const mostEntries = 100_000;
/** Versions before these names had an owner named them so. */
const oldName = /^\.unfinished-[0-9a-f]{16}$/;

/**
 * Removes the files that killed programs were about to put in place in a folder: regular files alone, and none of a
 * process that is running. To be called when a program opens a workspace. Nothing happens where there is no folder.
 * @throws AppError LINK_NOT_ALLOWED where the folder is a link
 */
export async function sweepUnfinished(root: WorkspaceRoot, folder: string): Promise<void> {
  const files = new WorkspaceFiles(root);
  const listing = await files.list(folder, mostEntries);
  for (const { name, kind } of listing?.entries ?? []) {
    if (kind !== 'file') continue;
    const file = path.join(folder, name);
    const left = oldName.test(name) || (name.startsWith(`${unfinishedPrefix}.`) && (await isLeftBehind(file)));
    if (left) await files.remove(file);
  }
}
