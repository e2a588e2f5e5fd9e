import { constants } from 'node:fs';
import { access, realpath } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../contract/app-error';
import { makeFolder } from './fs/folder';
import type { WorkspaceRoot } from './fs/path-checks';
import { systemError } from './fs/system-error';

/** The paths of a workspace, all absolute. */
export interface Workspace extends WorkspaceRoot {
  readonly eventsFolder: string;
  /** Files of runs that are not committed yet, one folder per run; on the same file system as the events. */
  readonly stagingFolder: string;
  /** Files of deleted days that can be restored, one folder per deletion. */
  readonly trashFolder: string;
  /** One JSON document per line for each finished run of Generate. */
  readonly runLog: string;
  /** Runs that other machines have published into this workspace, one JSON document each. */
  readonly runsFolder: string;
  readonly exportsFolder: string;
  /** The user's own gold models, one `.sql` file each. */
  readonly modelsFolder: string;
  /** Saved queries, one `.sql` file each. */
  readonly queriesFolder: string;
  readonly database: string;
}

/**
 * The paths of a workspace; doesn't access the disk.
 * @param agreedLinks links inside it that the user has agreed to follow: see {@link WorkspaceRoot}
 */
export function workspaceAt(folder: string, agreedLinks: ReadonlyMap<string, string> = new Map()): Workspace {
  const root = path.resolve(folder);
  return {
    folder: root,
    agreedLinks,
    eventsFolder: path.join(root, 'data', 'events'),
    stagingFolder: path.join(root, 'data', '.staging'),
    trashFolder: path.join(root, 'data', '.trash'),
    runLog: path.join(root, 'data', 'runs.jsonl'),
    runsFolder: path.join(root, 'data', 'runs'),
    exportsFolder: path.join(root, 'exports'),
    modelsFolder: path.join(root, 'models'),
    queriesFolder: path.join(root, 'queries'),
    database: path.join(root, 'micro_warehouse.duckdb'),
  };
}

/**
 * Makes sure that `folder` exists, creating it if needed, and can be written.
 * @param agreedLinks as for {@link workspaceAt}
 * @throws AppError WORKSPACE_INVALID, WORKSPACE_READ_ONLY or DISK_FULL
 */
export async function openWorkspace(
  folder: string,
  agreedLinks: ReadonlyMap<string, string> = new Map(),
): Promise<Workspace> {
  const workspace = workspaceAt(folder, await linksInForce(path.resolve(folder), agreedLinks));
  try {
    await makeFolder(workspace.folder);
    await access(workspace.folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw systemError(error, workspace.folder) ?? unusable(error, workspace.folder);
  }
  return workspace;
}

/** The agreed links that still have the agreed target. An entry that is no longer a link gives no rights to it. */
async function linksInForce(folder: string, agreed: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const links = new Map<string, string>();
  for (const [name, target] of agreed) {
    const real = await realpath(path.join(folder, name)).catch(() => null);
    if (real === target) links.set(name, target);
  }
  return links;
}

/** Errors without a pattern, such as a name that is too long, with the system's message. */
function unusable(error: unknown, folder: string): AppError {
  if (error instanceof AppError) return error;
  const cause = error instanceof Error ? error.message : String(error);
  return new AppError('WORKSPACE_INVALID', `${folder} can't be a workspace: ${cause}.`, {
    action: 'Choose another folder.',
  });
}
