import { realpath, stat } from 'node:fs/promises';
import { AppError } from '../contract/app-error';
import { allowableLinkSchema } from '../contract/workspace';
import { WorkspaceFiles } from '../engine/fs/workspace-files';
import { recoverFiles, recoverWhenOpened } from '../engine/warehouse/recover-workspace';
import { openWorkspace, workspaceAt, type Workspace } from '../engine/workspace';
import type { CommonOptions } from './context';
import { note } from './output/output';

type WorkspaceOptions = Pick<CommonOptions, 'workspace' | 'allowLink'>;

/** At most this many entries of `exports/` are read. */
const maxEntries = 100_000;

/** The workspace given by the options; accesses nothing in it. @throws AppError INVALID_OPTIONS */
export async function namedWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  return workspaceAt(options.workspace, await agreedLinks(options));
}

/** Opens a workspace, creating its folder if needed. @throws AppError WORKSPACE_INVALID, WORKSPACE_READ_ONLY */
export async function openNamedWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  return openWorkspace(options.workspace, await agreedLinks(options));
}

/**
 * Opens an existing workspace: a mistyped folder is an error, not created.
 * @throws AppError WORKSPACE_INVALID, WORKSPACE_READ_ONLY
 */
export async function openExistingWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  await requireFolder(options);
  return openNamedWorkspace(options);
}

/** The same for a command that only reads, without needing write permission. */
export async function openToRead(options: WorkspaceOptions): Promise<{ workspace: Workspace; readOnly: boolean }> {
  await requireFolder(options);
  try {
    return { workspace: await openNamedWorkspace(options), readOnly: false };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'WORKSPACE_READ_ONLY') throw error;
    return { workspace: await namedWorkspace(options), readOnly: true };
  }
}

async function requireFolder(options: WorkspaceOptions): Promise<void> {
  const { folder } = await namedWorkspace(options);
  await stat(folder).catch(() => {
    throw new AppError('WORKSPACE_INVALID', `The folder ${folder} doesn't exist.`, {
      action:
        'Choose a workspace with --workspace <folder>, or create one: micro-warehouse generate --workspace <folder>.',
    });
  });
}

/**
 * Finishes or removes the unfinished runs and exports of killed programs. DuckDB is loaded only if there are any.
 * @throws AppError DISK_FULL, WORKSPACE_READ_ONLY, WORKSPACE_INVALID, LINK_NOT_ALLOWED
 */
export async function recoverWorkspace(workspace: Workspace): Promise<void> {
  await recoverFiles(workspace, noteProblem);
  await recoverLeftExports(workspace);
}

/** The same for a command that only reads: problems are reported and don't stop it. */
export async function recoverToRead(workspace: Workspace): Promise<void> {
  await recoverWhenOpened(workspace, noteProblem);
  await recoverLeftExports(workspace).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    noteProblem(error);
  });
}

async function recoverLeftExports(workspace: Workspace): Promise<void> {
  const listing = await new WorkspaceFiles(workspace).list(workspace.exportsFolder, maxEntries);
  if (!listing?.entries.some(({ name }) => name.startsWith('.'))) return;
  const { Database } = await import('../engine/database/database');
  const { recoverExports } = await import('../engine/refresh/recover-exports');
  const database = await Database.open(workspace);
  try {
    await recoverExports(workspace, database);
  } finally {
    database.close();
  }
}

/** Prints a problem of a workspace to stderr. */
export function noteProblem({ message, details }: AppError): void {
  note(`Note: ${message} ${details.action}`);
}

async function agreedLinks({ allowLink }: WorkspaceOptions): Promise<Map<string, string>> {
  const links = new Map<string, string>();
  for (const text of allowLink) {
    const [, name = '', target = ''] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
    if (!allowableLinkSchema.safeParse(name).success) {
      throw new AppError('INVALID_OPTIONS', `--allow-link can't be "${text}".`, {
        action: `Give one of ${allowableLinkSchema.options.join(', ')} and its target, such as data=/mnt/big/data.`,
      });
    }
    // The link is compared with its real path, however the target is written here.
    links.set(name, await realpath(target).catch(() => target));
  }
  return links;
}
