import type { Stats } from 'node:fs';
import { copyFile, link, lstat, mkdir, open, readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../contract/app-error';
import { hasCode } from '../error-code';
import type { Workspace } from '../workspace';
import { notAllowed } from './sql-error';

/** Where a COPY goes. */
export interface CopyTarget {
  /** Absolute. */
  readonly path: string;
  /** From the exports folder, with `/`. */
  readonly relative: string;
  /** What is there before the COPY. */
  readonly before: 'nothing' | 'file' | 'folder';
}

/** What happens to the files of a folder that a COPY writes to. */
export type FolderMode = 'replace' | 'keep';

/**
 * Finds the target of a COPY, which may lie in `exports/` only; nothing is written.
 * @param written the path as it stands in the SQL; a relative one is meant from the workspace
 * @throws AppError SQL_READ_ONLY for a place elsewhere, a hidden name, a link, or what is neither file nor folder;
 * SQL_ERROR where its folder is missing
 */
export async function findTarget(written: string, workspace: Workspace): Promise<CopyTarget> {
  const full = path.resolve(workspace.folder, written);
  const relative = path.relative(workspace.exportsFolder, full);
  const parts = relative.split(path.sep);
  if (relative === '' || path.isAbsolute(relative) || parts[0] === '..') {
    throw notAllowed(`${written} does not lie in ${workspace.exportsFolder}, where alone COPY may write.`);
  }
  if (parts.some((part) => part.startsWith('.'))) {
    throw notAllowed('Names that begin with a dot are for temporary files of Micro Warehouse. Choose another name.');
  }
  for (let depth = 0; depth < parts.length; depth += 1) {
    await checkFolder(path.join(workspace.exportsFolder, ...parts.slice(0, depth)));
  }
  const there = await look(full);
  if (there && !there.isFile() && !there.isDirectory()) {
    throw notAllowed(`${full} is ${there.isSymbolicLink() ? 'a link' : 'no regular file'}: COPY does not write there.`);
  }
  const before = there === null ? 'nothing' : there.isDirectory() ? 'folder' : 'file';
  return { path: full, relative: parts.join('/'), before };
}

/**
 * Puts what a COPY has written in the place of its target. One file appears in one step. A folder that is there
 * already is exchanged as a whole: the old one goes to `aside`, from where {@link restoreFolder} brings it back should
 * the program end between the two steps.
 * @param written the file or folder, on the same disk as the target
 * @throws AppError SQL_ERROR where a file would take the place of a folder, or the other way round
 */
export async function putInPlace(
  written: string,
  target: CopyTarget,
  mode: FolderMode,
  aside: string,
  stopIfCancelled: () => void,
): Promise<void> {
  const isFolder = (await lstat(written)).isDirectory();
  const old = await look(target.path);
  if (old && isFolder !== old.isDirectory()) throw otherKind(target.path, old.isDirectory());
  if (!isFolder) await flush(written);
  if (!old?.isDirectory()) {
    stopIfCancelled();
    return rename(written, target.path);
  }
  if (mode === 'keep') await addTree(target.path, written, stopIfCancelled);
  stopIfCancelled();
  const kept = path.join(aside, keptFolder);
  await rename(target.path, kept);
  try {
    await rename(written, target.path);
  } catch (error) {
    await rename(kept, target.path);
    throw error;
  }
}

const keptFolder = 'replaced';

/** Brings the folder back that a killed {@link putInPlace} has taken away, unless something is in its place. */
export async function restoreFolder(aside: string, target: CopyTarget): Promise<void> {
  const kept = path.join(aside, keptFolder);
  if (target.before === 'nothing' && (await look(kept))?.isDirectory()) await rename(kept, target.path);
}

async function checkFolder(folder: string): Promise<void> {
  const there = await look(folder);
  if (there?.isDirectory()) return;
  if (there) throw notAllowed(`${folder} is ${there.isSymbolicLink() ? 'a link' : 'no folder'}: COPY does not write there.`);
  throw new AppError('SQL_ERROR', `There is no folder ${folder}.`, { action: 'Make it first, or write to another one.' });
}

/** Gives the tree `to` every file of the tree `from` that it lacks, without copying where the disk allows that. */
async function addTree(from: string, to: string, stopIfCancelled: () => void): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    stopIfCancelled();
    const [source, copy] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) {
      await mkdir(copy).catch(ignore('EEXIST'));
      await addTree(source, copy, stopIfCancelled);
    } else if (entry.isFile()) {
      await link(source, copy).catch((error: unknown) => addCopy(error, source, copy));
    } else {
      throw notAllowed(`${source} is a link or no regular file, and COPY would have to move it.`);
    }
  }
}

/** Disks without hard links (exFAT) get a copy. */
async function addCopy(error: unknown, source: string, copy: string): Promise<void> {
  if (hasCode(error, 'EEXIST')) return;
  if (!hasCode(error, 'EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP', 'EMLINK')) throw error;
  await copyFile(source, copy);
}

/** Else a power cut after the rename could leave an empty file under the final name. */
async function flush(file: string): Promise<void> {
  const opened = await open(file, 'r+');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

/** Null where there is nothing. */
async function look(file: string): Promise<Stats | null> {
  return lstat(file).catch(ignore('ENOENT'));
}

function ignore(...codes: string[]): (error: unknown) => null {
  return (error) => {
    if (hasCode(error, ...codes)) return null;
    throw error;
  };
}

function otherKind(target: string, isFolder: boolean): AppError {
  const [is, would] = isFolder ? ['a folder', 'one file'] : ['a file', 'a folder'];
  return new AppError('SQL_ERROR', `${target} is ${is}, and this COPY writes ${would}.`, {
    action: 'Choose another name, or delete it first.',
  });
}
