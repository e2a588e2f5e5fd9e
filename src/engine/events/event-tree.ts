import path from 'node:path';
import type { FolderEntry, WorkspaceFiles } from '../fs/workspace-files';
import { fileConcurrency, forEachConcurrently } from '../fs/concurrently';
import { isDayFolder, isEventFile } from './paths';

/*
 * Folders of days (`date=YYYY-MM-DD`) that contain event files: `data/events`, and those in staging and trash. Only
 * regular event files are listed, moved or removed; everything else is left alone.
 */

/** Event files below `root`, by path from there; none if the folder doesn't exist. */
export async function listDayFiles(
  files: WorkspaceFiles,
  root: string,
  wanted: (fileName: string) => boolean = () => true,
): Promise<string[]> {
  return listFilesOfDays(files, root, (await listDays(files, root)) ?? [], wanted);
}

/** The same, if none may be missed. @throws AppError LINK_NOT_ALLOWED if a day's folder is a link */
export async function listAllDayFiles(files: WorkspaceFiles, root: string): Promise<string[]> {
  return listFilesOfDays(files, root, (await listDays(files, root, ['folder', 'link'])) ?? []);
}

/** The same, for some days. @param days names of folders */
export async function listFilesOfDays(
  files: WorkspaceFiles,
  root: string,
  days: readonly string[],
  wanted: (fileName: string) => boolean = () => true,
): Promise<string[]> {
  const found: string[] = [];
  await forEachConcurrently(days, fileConcurrency, async (day) => {
    for (const { name, kind } of (await files.listAll(path.join(root, day))) ?? []) {
      if (kind === 'file' && isEventFile(name) && wanted(name)) found.push(path.join(day, name));
    }
  });
  return found.toSorted();
}

/**
 * Moves the event files of a tree of days into another tree on the same file system, which may have been done in part
 * before: files that are no longer at their old place count as moved. Moves the tree as a whole if possible, otherwise
 * day by day if the day is new, otherwise file by file; a thousand renames take a tenth of a second. The caller removes
 * the rest of the old tree.
 * @param from in a folder that this program created
 * @param own whether this process had the tree written just now, so that nothing else can be in it
 */
export async function moveDayTree(
  files: WorkspaceFiles,
  from: string,
  to: string,
  { own }: { own: boolean },
): Promise<void> {
  const present = await files.listAll(to);
  if (present === null && own) {
    await files.makeFolder(path.dirname(to));
    await files.moveListed(from, to);
    return;
  }
  const days = await listDays(files, from);
  if (days === null) return;
  await files.makeFolder(to);
  const there = new Set(present?.map(({ name }) => name));
  const newDays = own ? days.filter((day) => !there.has(day)) : [];
  await forEachConcurrently(newDays, fileConcurrency, async (day) => {
    await files.moveListed(path.join(from, day), path.join(to, day));
  });
  const left = own ? days.filter((day) => there.has(day)) : days;
  await renameFiles(files, await listFilesOfDays(files, from, left), from, to);
}

/**
 * Moves files from one tree of days to another, leaving everything else there. Missing files count as moved before.
 * @param moved from a listing
 */
export async function moveDayFiles(
  files: WorkspaceFiles,
  moved: readonly string[],
  from: string,
  to: string,
): Promise<void> {
  await renameFiles(files, moved, from, to);
  await removeEmptyDays(files, moved, from);
}

async function renameFiles(files: WorkspaceFiles, moved: readonly string[], from: string, to: string): Promise<void> {
  await forEachConcurrently(daysOf(moved), fileConcurrency, (day) => files.makeFolder(path.join(to, day)));
  await forEachConcurrently(moved, fileConcurrency, async (file) => {
    await files.moveListed(path.join(from, file), path.join(to, file));
  });
}

export async function removeDayFiles(files: WorkspaceFiles, removed: readonly string[], root: string): Promise<void> {
  await forEachConcurrently(removed, fileConcurrency, (file) => files.remove(path.join(root, file)));
  await removeEmptyDays(files, removed, root);
}

function daysOf(files: readonly string[]): string[] {
  return [...new Set(files.map((file) => path.dirname(file)))];
}

/** Removes the folders of days that have become empty. @param taken files that were moved out of them */
export async function removeEmptyDays(files: WorkspaceFiles, taken: readonly string[], root: string): Promise<void> {
  await forEachConcurrently(daysOf(taken), fileConcurrency, async (day) => {
    await files.removeEmptyFolder(path.join(root, day));
  });
}

/** Gives the owner all permissions for a tree of days of this program, which may come from somebody else without them. */
export async function giveAccessToDays(files: WorkspaceFiles, root: string): Promise<void> {
  await files.giveAccess(root);
  // Whatever prevents this is reported when the tree is used.
  const days = await listDays(files, root).catch(() => null);
  for (const day of days ?? []) await files.giveAccess(path.join(root, day));
}

/** Names of the folders of days; null if the tree doesn't exist. */
export async function listDays(
  files: WorkspaceFiles,
  root: string,
  kinds: readonly FolderEntry['kind'][] = ['folder'],
): Promise<string[] | null> {
  const entries = await files.listAll(root);
  return entries && entries.flatMap(({ name, kind }) => (isDayFolder(name) && kinds.includes(kind) ? name : []));
}
