import path from 'node:path';
import { isLeftBehind } from './owned-name';
import type { WorkspaceRoot } from './path-checks';
import { unfinishedPrefix, WorkspaceFiles } from './workspace-files';

/** At most this many entries of a folder are read. */
const mostEntries = 100_000;
/** Names in versions before names had an owner. */
const oldName = /^\.unfinished-[0-9a-f]{16}$/;

/**
 * Removes unfinished files of killed programs from a folder: only regular files, and none of a running process. Call it
 * when a program opens a workspace. Does nothing if the folder doesn't exist.
 * @throws AppError LINK_NOT_ALLOWED if the folder is a link
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
