import path from 'node:path';
import { isLeftBehind } from './owned-name';
import type { WorkspaceRoot } from './path-checks';
import { unfinishedPrefix, WorkspaceFiles, type FolderEntry } from './workspace-files';

/** At most this many entries of a folder are read. */
const mostEntries = 100_000;
/** Most leftovers that one sweep looks at; a killed program leaves a few. The next start continues. */
const mostSwept = 1_000;
/** Names in versions before names had an owner. */
const oldName = /^\.unfinished-[0-9a-f]{16}$/;

/**
 * Removes unfinished files of killed programs from a folder: only regular files, and none of a running process. Call it
 * when a program opens a workspace. Does nothing if the folder doesn't exist.
 * @throws AppError LINK_NOT_ALLOWED if the folder is a link
 */
export async function sweepUnfinished(root: WorkspaceRoot, folder: string): Promise<void> {
  const files = new WorkspaceFiles(root);
  const isOurs = ({ name, kind }: FolderEntry) =>
    kind === 'file' && (oldName.test(name) || name.startsWith(`${unfinishedPrefix}.`));
  await sweepLeftBehind(files, folder, isOurs, async (file) => {
    if (oldName.test(path.basename(file)) || (await isLeftBehind(file))) await files.remove(file);
  });
}

/**
 * Handles what killed programs have left in a folder, a limited number per call. An entry that fails is left there and
 * doesn't affect the others.
 * @param isOurs decides by the name alone
 * @param sweep removes the entry at a path if its program has ended
 * @throws AppError LINK_NOT_ALLOWED if the folder is a link
 */
export async function sweepLeftBehind(
  files: WorkspaceFiles,
  folder: string,
  isOurs: (entry: FolderEntry) => boolean,
  sweep: (file: string) => Promise<void>,
): Promise<void> {
  const listing = await files.list(folder, mostEntries);
  for (const { name } of (listing?.entries ?? []).filter(isOurs).slice(0, mostSwept)) {
    await sweep(path.join(folder, name)).catch(() => undefined);
  }
}
