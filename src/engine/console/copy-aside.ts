import { lstat, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { isLeftBehind, ownedName } from '../fs/owned-name';
import type { Workspace } from '../workspace';
import { findTarget, restoreFolder, type CopyTarget } from './copy-target';

const prefix = '.copy';

/** A hidden folder in `exports/` in which one COPY does all of its writing. */
export interface CopyAside {
  readonly root: string;
  /** The rows, as a database file. */
  readonly rows: string;
  /** Where DuckDB puts what does not fit in memory. */
  readonly spill: string;
  /** What is to get the target's place is written below here; DuckDB may write nowhere else but to `spill`. */
  readonly written: string;
}

const noteSchema = z.object({ target: z.string().max(4096) });
const maxNoteBytes = 8192;

/** Makes the folder for a COPY to `target`; to be removed with {@link removeAside} however the COPY ends. */
export async function makeAside({ exportsFolder }: Workspace, target: CopyTarget): Promise<CopyAside> {
  const root = path.join(exportsFolder, await ownedName(prefix));
  const aside = {
    root,
    rows: path.join(root, 'rows.duckdb'),
    spill: path.join(root, 'spill'),
    written: path.join(root, 'written'),
  };
  await mkdir(root);
  await mkdir(aside.written);
  // For restoreFolder, should this process be killed.
  await writeFile(path.join(root, 'target.json'), JSON.stringify({ target: target.relative }));
  return aside;
}

/** Failing is no reason to fail a COPY that is complete: the next start tries again. */
export async function removeAside({ root }: CopyAside): Promise<void> {
  await rm(root, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
}

/**
 * Removes what COPY statements of killed processes have left in the workspace, and brings back a folder that one of
 * them was just replacing. What a living process writes stays. To be called when a program opens a workspace.
 */
export async function sweepCopies(workspace: Workspace): Promise<void> {
  const { exportsFolder } = workspace;
  // Through a link it would remove files elsewhere.
  const folder = await lstat(exportsFolder).catch(() => null);
  if (!folder?.isDirectory()) return;
  for (const name of await readdir(exportsFolder)) {
    const root = path.join(exportsFolder, name);
    if (!name.startsWith(`${prefix}.`) || !(await isLeftBehind(root))) continue;
    await restore(root, workspace).catch(() => undefined);
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function restore(root: string, workspace: Workspace): Promise<void> {
  const note = path.join(root, 'target.json');
  const [folder, file] = [await lstat(root), await lstat(note)];
  if (!folder.isDirectory() || !file.isFile() || file.size > maxNoteBytes) return;
  const { target } = noteSchema.parse(JSON.parse(await readFile(note, 'utf8')));
  await restoreFolder(root, await findTarget(path.join(workspace.exportsFolder, target), workspace));
}
