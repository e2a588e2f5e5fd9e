import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { fileConcurrency, forEachConcurrently } from './concurrently';
import { hasCode } from './error-code';

/** Files in the folders of days (`date=.../...`) below `root`, by path from there; none where there is no such folder. */
export async function listDayFiles(root: string, wanted: (fileName: string) => boolean): Promise<string[]> {
  const files: string[] = [];
  await forEachConcurrently(await listDays(root), fileConcurrency, async (day) => {
    for (const name of await namesIn(path.join(root, day))) if (wanted(name)) files.push(path.join(day, name));
  });
  return files.sort();
}

/**
 * Moves files from one tree of days to another on the same file system. Files that are no longer at their old place
 * are taken to have been moved before.
 */
export async function moveDayFiles(files: readonly string[], from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  const present = new Set(await namesIn(to));
  await forEachConcurrently([...groupByDay(files)], fileConcurrency, async ([day, names]) => {
    const source = path.join(from, day);
    const target = path.join(to, day);
    // A day that is new there moves as a whole, if nothing but those files is in it: half the work of one by one.
    if (!present.has(day) && (await namesIn(source)).length === names.length) return rename(source, target);
    await mkdir(target, { recursive: true });
    for (const name of names) await moveFile(path.join(source, name), path.join(target, name));
  });
}

/** Removes the folders of these days where they are empty. */
export async function removeEmptyDays(files: readonly string[], root: string): Promise<void> {
  await forEachConcurrently([...groupByDay(files).keys()], fileConcurrency, async (day) => {
    await rmdir(path.join(root, day)).catch((error: unknown) => {
      if (!hasCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT')) throw error;
    });
  });
}

export async function removeDayFiles(files: readonly string[], root: string): Promise<void> {
  await forEachConcurrently(files, fileConcurrency, (file) => rm(path.join(root, file), { force: true }));
  await removeEmptyDays(files, root);
}

async function moveFile(source: string, target: string): Promise<void> {
  await rename(source, target).catch((error: unknown) => {
    if (!hasCode(error, 'ENOENT')) throw error;
  });
}

function groupByDay(files: readonly string[]): Map<string, string[]> {
  const days = new Map<string, string[]>();
  for (const file of files) {
    const day = path.dirname(file);
    const names = days.get(day);
    if (names) names.push(path.basename(file));
    else days.set(day, [path.basename(file)]);
  }
  return days;
}

async function listDays(root: string): Promise<string[]> {
  return (await namesIn(root)).filter((name) => name.startsWith('date='));
}

/** Names in a folder; none where it is missing or no folder. */
async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  });
}
