import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { WorkspaceFiles } from '../fs/workspace-files';
import { fileConcurrency, forEachConcurrently } from '../fs/concurrently';
import { listDayFiles } from '../events/event-tree';
import type { RunFolders } from '../events/paths';

/**
 * Flushes all files of a run to the disk, once per run: flushing each of a thousand files would take seconds. Node has
 * no call for a whole file system, but every Unix has `sync`. Elsewhere the files are flushed one by one.
 *
 * From here the order of operations is enough: journaling file systems (ext4, xfs, btrfs, APFS, NTFS) keep renames in
 * order, so after a power cut the disk is in a state of the commit that recovery knows.
 */
export async function flushRun(files: WorkspaceFiles, folders: RunFolders): Promise<void> {
  if (await flushFolder(folders.root)) return;
  const written = await listDayFiles(files, folders.events);
  await forEachConcurrently(written, fileConcurrency, (file) => files.flush(path.join(folders.events, file)));
}

/**
 * Flushes the file system that holds a folder, with everything else on it.
 * @returns false where that isn't possible
 */
export async function flushFolder(folder: string): Promise<boolean> {
  const sync = syncCommands[process.platform]?.(folder);
  return sync !== undefined && succeeds(sync);
}

/** Linux can flush one file system alone. */
const syncCommands: Partial<Record<NodeJS.Platform, (folder: string) => readonly [string, ...string[]]>> = {
  linux: (folder) => ['sync', '-f', folder],
  darwin: () => ['sync'],
};

async function succeeds([command, ...args]: readonly [string, ...string[]]): Promise<boolean> {
  return promisify(execFile)(command, args).then(
    () => true,
    () => false,
  );
}
