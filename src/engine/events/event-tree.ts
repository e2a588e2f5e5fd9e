import path from 'node:path';
import type { FolderEntry, WorkspaceFiles } from '../fs/workspace-files';
import { fileConcurrency, forEachConcurrently } from '../fs/concurrently';
import { isDayFolder, isEventFile } from './paths';

/*
 * Folders of days (`date=YYYY-MM-DD`) with event files directly in them: `data/events`, and those that wait in staging or
 * in the trash. Only regular files of that kind are listed, moved or removed; whatever else is there is left alone.
 */

/** Event files below `root`, by path from there; none where there is no such folder. */
export async function listDayFiles(
  files: WorkspaceFiles,
  root: string,
  wanted: (fileName: string) => boolean = () => true,
): Promise<string[]> {
  return listFilesOfDays(files, root, (await listDays(files, root)) ?? [], wanted);
}

/** The same, where none may be missed. @throws AppError LINK_NOT_ALLOWED where the folder of a day is a link */
export async function listAllDayFiles(files: WorkspaceFiles, root: string): Promise<string[]> {
  return listFilesOfDays(files, root, (await listDays(files, root, ['folder', 'link'])) ?? []);
}

/** The same, of some days. @param days names of folders */
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
 * Moves the event files of a tree of days to where another may be already, on the same file system; those that are no
 * longer at their old place are taken to have been moved before. As a whole where that may be done, else day by day
 * where the day is new, else file by file: a thousand renames take a tenth of a second. What is left of the old tree is
 * the caller's to remove.
 * @param from in a folder that this program has made
 * @param own whether this process has had the tree written just now, so that nothing else can be in it
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
 * Moves files from one tree of days to another, leaving what else is there. What is gone already was moved before.
 * @param moved as a listing has shown them
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

/** Removes the folders of days that have become empty. @param taken files that were taken out of them */
export async function removeEmptyDays(files: WorkspaceFiles, taken: readonly string[], root: string): Promise<void> {
  await forEachConcurrently(daysOf(taken), fileConcurrency, async (day) => {
    await files.removeEmptyFolder(path.join(root, day));
  });
}

/** Names of the folders of days; null where there is no such folder. */
export async function listDays(
  files: WorkspaceFiles,
  root: string,
  kinds: readonly FolderEntry['kind'][] = ['folder'],
): Promise<string[] | null> {
  const entries = await files.listAll(root);
  return entries && entries.flatMap(({ name, kind }) => (isDayFolder(name) && kinds.includes(kind) ? name : []));
}
