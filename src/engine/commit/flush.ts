import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { WorkspaceFiles } from '../fs/workspace-files';
import { fileConcurrency, forEachConcurrently } from '../fs/concurrently';
import { listDayFiles } from '../events/event-tree';
import type { RunFolders } from '../events/paths';

/**
 * Sees to it that all files of a run are on the disk and not only in the system's memory: once a run, as a flush for
 * each of a thousand files would take seconds. Node has no call for a whole file system; `sync` has been there on every
 * Unix. Elsewhere the files are flushed one by one.
 *
 * After it, the order of things is enough: file systems that keep a journal (ext4, xfs, btrfs, APFS, NTFS) keep renames
 * in their order, so that after a power cut the disk is as it was at some moment of the commit, which recovery knows.
 */
export async function flushRun(files: WorkspaceFiles, folders: RunFolders): Promise<void> {
  const sync = syncCommands[process.platform]?.(folders.root);
  if (sync && (await succeeds(sync))) return;
  const written = await listDayFiles(files, folders.events);
  await forEachConcurrently(written, fileConcurrency, (file) => files.flush(path.join(folders.events, file)));
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
