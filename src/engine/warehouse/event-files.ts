import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Workspace } from '../workspace';

/** One Parquet file of events. */
export interface EventFile {
  /** From the workspace, with `/`: `data/events/date=2025-01-31/events-….parquet`. */
  readonly path: string;
  readonly date: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  /** Differs after every change of the content, even one within a millisecond that keeps the size. */
  readonly version: string;
}

const partitionFolder = /^date=(\d{4}-\d{2}-\d{2})$/;
const eventFile = /^events-.*\.parquet$/;

/** The files that `bronze_events` reads, ordered by date and name. Empty where there are none. */
export async function listEventFiles(workspace: Workspace): Promise<EventFile[]> {
  const folders = (await entries(workspace.eventsFolder)).filter(
    (entry) => entry.isDirectory() && partitionFolder.test(entry.name),
  );
  const files = await Promise.all(folders.map((folder) => filesOfPartition(workspace, folder.name)));
  return files.flat().toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

async function filesOfPartition(workspace: Workspace, folder: string): Promise<EventFile[]> {
  const names = (await entries(path.join(workspace.eventsFolder, folder))).map(({ name }) => name);
  const files = await Promise.all(
    names.filter((name) => eventFile.test(name)).map((name) => look(workspace, folder, name)),
  );
  return files.filter((file) => file !== null);
}

/** A file as it is now; null where it was moved or deleted since its folder was read. */
async function look(workspace: Workspace, folder: string, name: string): Promise<EventFile | null> {
  try {
    const { size, mtimeMs, ctimeMs } = await stat(path.join(workspace.eventsFolder, folder, name));
    return {
      path: `data/events/${folder}/${name}`,
      date: partitionFolder.exec(folder)?.[1] ?? '',
      bytes: size,
      modifiedMs: Math.floor(mtimeMs),
      version: `${size}-${mtimeMs}-${ctimeMs}`,
    };
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** Entries of a folder; none where it does not exist, or vanished while a run is replacing it. */
async function entries(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
