import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../../contract/app-error';
import { hasCode } from '../../fs/errno';
import { addTree } from '../../fs/add-tree';
import type { WorkspaceFiles } from '../../fs/workspace-files';
import type { Workspace } from '../../workspace';
import { notAllowed } from '../../sql/sql-error';

/** The target of a COPY. */
export interface CopyTarget {
  /** Absolute. */
  readonly path: string;
  /** From the exports folder, with `/`. */
  readonly relative: string;
  /** Kind of the target before the COPY. */
  readonly before: 'nothing' | 'file' | 'folder';
}

/** Whether a COPY into a folder replaces or keeps its files. */
export type FolderMode = 'replace' | 'keep';

/**
 * Finds the target of a COPY, which must be in `exports/`; nothing is written.
 * @param written the path in the SQL; a relative one starts at the workspace
 * @throws AppError SQL_READ_ONLY for a path elsewhere, a hidden name, or anything that is neither file nor folder;
 * LINK_NOT_ALLOWED; SQL_ERROR if its folder is missing
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
 * Moves the output of a COPY to its target. A file appears in one step. An existing folder is exchanged as a whole: the
 * old one moves into the folder `aside`, from which {@link restoreFolder} restores it if the program ends between the
 * two steps.
 * @param written the file or folder, on the same disk as the target
 * @throws AppError SQL_ERROR if a file would replace a folder, or a folder a file
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
    // Otherwise a power cut after the rename could leave an empty file.
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

/** Restores the folder that a killed {@link putInPlace} has moved away, unless something is in its place. */
export async function restoreFolder(aside: string, target: CopyTarget, files: WorkspaceFiles): Promise<void> {
  const kept = path.join(aside, keptFolder);
  if (target.before === 'nothing' && (await look(kept))?.isDirectory()) await files.move(kept, target.path);
}

/** Null if nothing exists there. */
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
