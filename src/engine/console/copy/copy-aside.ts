import path from 'node:path';
import { z } from 'zod';
import { ownedName } from '../../fs/owned-name';
import { sweepLeftBehind } from '../../fs/sweep-unfinished';
import { WorkspaceFiles } from '../../fs/workspace-files';
import type { Workspace } from '../../workspace';
import { findTarget, restoreFolder, type CopyTarget } from './copy-target';

const prefix = '.copy';

/** A hidden folder in `exports/` for all files of one COPY until it is complete. */
export interface CopyAside {
  readonly root: string;
  /** The rows, as a database file. */
  readonly rows: string;
  /** DuckDB's temporary folder. */
  readonly spill: string;
  /** The only folder besides `spill` that DuckDB may write to. */
  readonly written: string;
}

const noteName = 'target.json';
const noteSchema = z.object({ target: z.string() });
const maxNoteBytes = 8192;

/** Creates the folder for a COPY to `target`; {@link removeAside} removes it, whichever way the COPY ends. */
export async function makeAside(workspace: Workspace, target: CopyTarget, files: WorkspaceFiles): Promise<CopyAside> {
  const root = path.join(workspace.exportsFolder, await ownedName(prefix));
  const aside = {
    root,
    rows: path.join(root, 'rows.duckdb'),
    spill: path.join(root, 'spill'),
    written: path.join(root, 'written'),
  };
  try {
    await files.makeNewFolder(root);
    await files.makeNewFolder(aside.written);
    // Used by restoreFolder if this process is killed.
    await files.create(path.join(root, noteName), JSON.stringify({ target: target.relative }));
  } catch (error) {
    await removeAside(aside, files);
    throw error;
  }
  return aside;
}

/** Its failure doesn't fail a completed COPY: the next start tries again. */
export async function removeAside({ root }: CopyAside, files: WorkspaceFiles): Promise<void> {
  await files.removeTree(root).catch(() => undefined);
}

/**
 * Removes the files of COPY statements of killed processes, and restores a folder that one of them was replacing. Files
 * of running processes stay. Call it when a program opens a workspace.
 */
export async function sweepCopies(workspace: Workspace): Promise<void> {
  const files = new WorkspaceFiles(workspace);
  await sweepLeftBehind(files, workspace.exportsFolder, {
    isOurs: ({ name }) => name.startsWith(`${prefix}.`),
    remove: async (root) => {
      await restore(root, workspace, files).catch(() => undefined);
      await files.removeTree(root);
    },
  });
}

async function restore(root: string, workspace: Workspace, files: WorkspaceFiles): Promise<void> {
  const note = await files.readOwn(path.join(root, noteName), maxNoteBytes);
  if (note.status !== 'read') return;
  const { target } = noteSchema.parse(JSON.parse(note.bytes.toString()));
  const place = await findTarget(path.join(workspace.exportsFolder, target), workspace, files);
  await restoreFolder(root, place, files);
}
