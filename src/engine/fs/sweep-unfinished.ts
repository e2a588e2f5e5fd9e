import path from 'node:path';
import { isLeftBehind, type KnownStarts } from './owned-name';
import type { WorkspaceRoot } from './path-checks';
import { unfinishedPrefix, WorkspaceFiles, type FolderEntry } from './workspace-files';

/** At most this many entries of a folder are read. */
const mostEntries = 100_000;
/**
 * Most leftovers that one sweep removes, and the time after which it handles no further entry; a killed program leaves
 * a few. The next start continues.
 */
const mostSwept = 1_000;
const mostMs = 2_000;

/** Leftovers of killed programs in a folder. */
export interface Leftovers {
  /** Decides by name and kind alone. */
  readonly isOurs: (entry: FolderEntry) => boolean;
  /** Names in versions before names had an owner: always left behind. */
  readonly oldName?: RegExp;
  /** Removes the entry at a path. */
  readonly remove: (file: string) => Promise<void>;
}

const oldName = /^\.unfinished-[0-9a-f]{16}$/;

/**
 * Removes unfinished files of killed programs from a folder: only regular files, and none of a running process. Call it
 * when a program opens a workspace. Does nothing if the folder doesn't exist.
 * @throws AppError LINK_NOT_ALLOWED if the folder is a link
 */
export async function sweepUnfinished(root: WorkspaceRoot, folder: string): Promise<void> {
  const files = new WorkspaceFiles(root);
  await sweepLeftBehind(files, folder, {
    isOurs: ({ name, kind }) => kind === 'file' && (oldName.test(name) || name.startsWith(`${unfinishedPrefix}.`)),
    oldName,
    remove: (file) => files.remove(file),
  });
}

/**
 * Removes leftovers of killed programs from a folder, a limited number per call, and none of a running process. An
 * entry that can't be removed stays and doesn't affect the others.
 * @throws AppError LINK_NOT_ALLOWED if the folder is a link
 */
export async function sweepLeftBehind(
  files: WorkspaceFiles,
  folder: string,
  { isOurs, oldName: withoutOwner, remove }: Leftovers,
): Promise<void> {
  const listing = await files.list(folder, mostEntries);
  const until = performance.now() + mostMs;
  const known: KnownStarts = new Map();
  let swept = 0;
  for (const { name } of (listing?.entries ?? []).filter(isOurs)) {
    if (swept === mostSwept || performance.now() > until) return;
    const file = path.join(folder, name);
    if (!withoutOwner?.test(name) && !(await isLeftBehind(file, known))) continue;
    await remove(file).catch(() => undefined);
    swept += 1;
  }
}
