import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../../contract/app-error';
import { hasCode } from '../../fs/errno';
import { addTree } from '../../fs/add-tree';
import type { WorkspaceFiles } from '../../fs/workspace-files';
import type { Workspace } from '../../workspace';
import { notAllowed } from '../../sql/sql-error';

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
 * Finds the target of a COPY, which may be in `exports/` only; nothing is written.
 * @param written the path as it stands in the SQL; a relative one starts at the workspace
 * @throws AppError SQL_READ_ONLY for a place elsewhere, a hidden name, or what is neither file nor folder;
 * LINK_NOT_ALLOWED; SQL_ERROR where its folder is missing
 */
export async function findTarget(written: string, workspace: Workspace, files: WorkspaceFiles): Promise<CopyTarget> {
  const full = path.resolve(workspace.folder, written);
  const relative = path.relative(workspace.exportsFolder, full);
  const parts = relative.split(path.sep);
  if (relative === '' || path.isAbsolute(relative) || parts[0] === '..') {
    throw notAllowed(`${written} isn't in ${workspace.exportsFolder}, the only folder that COPY can write to.`);
  }
  if (parts.some((part) => part.startsWith('.'))) {
    throw notAllowed('Names that start with a dot are reserved for temporary files. Choose another name.');
  }
  await files.checkFolder(path.dirname(full)).catch((error: unknown) => {
    throw hasCode(error, 'ENOENT') ? noFolder(path.dirname(full)) : error;
  });
  const there = await look(full);
  if (there?.isDirectory()) await files.checkFolder(full);
  else await files.checkTarget(full);
  const before = there === null ? 'nothing' : there.isDirectory() ? 'folder' : 'file';
  return { path: full, relative: parts.join('/'), before };
}

/**
 * Puts what a COPY has written in the place of its target. One file appears in one step. A folder that exists already
 * is exchanged as a whole: the old one goes into the folder `aside`, from where {@link restoreFolder} brings it back
 * should the program end between the two steps.
 * @param written the file or folder, on the same disk as the target
 * @throws AppError SQL_ERROR where a file would replace a folder, or a folder a file
 */
export async function putInPlace(
  written: string,
  target: CopyTarget,
  mode: FolderMode,
  { aside, files, stopIfCancelled }: { aside: string; files: WorkspaceFiles; stopIfCancelled: () => void },
): Promise<void> {
  const isFolder = (await lstat(written)).isDirectory();
  const old = await look(target.path);
  if (old && isFolder !== old.isDirectory()) throw otherKind(target.path, old.isDirectory());
  if (!isFolder) {
    await files.checkTarget(target.path);
    // Else a power cut after the rename could leave an empty file under the final name.
    await files.flush(written);
  }
  if (old && isFolder && mode === 'keep') await addTree(target.path, written, stopIfCancelled);
  stopIfCancelled();
  if (old && isFolder) await exchange(written, target, aside, files);
  else await files.move(written, target.path);
}

const keptFolder = 'replaced';

async function exchange(written: string, target: CopyTarget, aside: string, files: WorkspaceFiles): Promise<void> {
  const kept = path.join(aside, keptFolder);
  await files.move(target.path, kept);
  try {
    await files.move(written, target.path);
  } catch (error) {
    await files.move(kept, target.path);
    throw error;
  }
}

/** Brings the folder back that a killed {@link putInPlace} has taken away, unless something is in its place. */
export async function restoreFolder(aside: string, target: CopyTarget, files: WorkspaceFiles): Promise<void> {
  const kept = path.join(aside, keptFolder);
  if (target.before === 'nothing' && (await look(kept))?.isDirectory()) await files.move(kept, target.path);
}

/** Null where there is nothing. */
async function look(file: string): Promise<Stats | null> {
  return lstat(file).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  });
}

function noFolder(folder: string): AppError {
  return new AppError('SQL_ERROR', `The folder ${folder} doesn't exist.`, {
    action: 'Create it first, or write to another one.',
  });
}

function otherKind(target: string, isFolder: boolean): AppError {
  const [is, would] = isFolder ? ['a folder', 'one file'] : ['a file', 'a folder'];
  return new AppError('SQL_ERROR', `${target} is ${is}, but this COPY writes ${would}.`, {
    action: 'Choose another name, or delete it first.',
  });
}
