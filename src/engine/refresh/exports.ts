import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { WorkspaceFiles } from '../fs/workspace-files';
import { fileConcurrency, forEachConcurrently } from '../fs/concurrently';
import type { Workspace } from '../workspace';
import { quoteIdentifier, quoteText } from '../sql/quote';

/** At most this many files of the exports folder are read: one per model, and the user's own. */
const mostExports = 100_000;

/** The path of a model's export from the workspace. */
export function exportPath(model: string): string {
  return `exports/${model}.parquet`;
}

/** Those of the models whose export can't be written, because a folder has its name. */
export async function blockedExports(models: readonly string[], workspace: Workspace): Promise<Set<string>> {
  const files = new WorkspaceFiles(workspace);
  const blocked = new Set<string>();
  for (const model of models) {
    const found = await files.find(path.join(workspace.folder, exportPath(model)));
    if (found?.kind === 'folder') blocked.add(model);
  }
  return blocked;
}

/**
 * Writes each gold model to a Parquet file beside its final name, so that readers never see half a file. The name
 * contains the refresh: if the program ends before {@link settleExports}, the next start can determine whether the
 * refresh was committed, and finish or discard its files.
 */
export async function writeExports(
  models: readonly string[],
  refreshId: number,
  workspace: Workspace,
  connection: DuckDBConnection,
): Promise<void> {
  const files = new WorkspaceFiles(workspace);
  await files.makeFolder(workspace.exportsFolder);
  for (const model of models) {
    const aside = path.join(workspace.exportsFolder, `.${model}.parquet.${refreshId}.new`);
    // If the file exists, DuckDB would write to yet another one first. A folder is somebody else's, so it is kept.
    if ((await files.find(aside))?.kind === 'folder') await files.setAside(aside);
    else await files.remove(aside);
    await files.checkTarget(aside);
    await connection.run(`COPY ${quoteIdentifier(model)} TO ${quoteText(aside)} (FORMAT parquet, COMPRESSION snappy)`);
  }
}

/** Longer numbers than a refresh ever gets are somebody else's. */
const asideFile = /^\.(?<final>.+\.parquet)\.(?<refreshId>\d{1,15})\.new$/;

interface Aside {
  readonly name: string;
  readonly final: string;
  readonly refreshId: number;
}

/**
 * Renames the files of committed refreshes into place, over the older ones, and removes all others, including those whose
 * place a folder has taken: the next refresh writes them again.
 * @param committedOf those of some refreshes that were committed; called once, and only if there are unfinished exports
 */
export async function settleExports(
  workspace: Workspace,
  committedOf: (refreshIds: readonly number[]) => ReadonlySet<number> | Promise<ReadonlySet<number>>,
): Promise<void> {
  const files = new WorkspaceFiles(workspace);
  const { asides, folders } = await listExports(files, workspace);
  if (asides.length === 0) return;
  const committed = await committedOf([...new Set(asides.map(({ refreshId }) => refreshId))]);
  const newest = new Map<string, Aside>();
  for (const aside of asides) {
    const known = newest.get(aside.final)?.refreshId ?? -1;
    const isFree = !folders.has(aside.final);
    if (isFree && committed.has(aside.refreshId) && aside.refreshId > known) newest.set(aside.final, aside);
  }
  const at = (name: string) => path.join(workspace.exportsFolder, name);
  await forEachConcurrently([...newest.values()], fileConcurrency, async ({ name, final }) => {
    await files.move(at(name), at(final));
  });
  const others = asides.filter((aside) => newest.get(aside.final) !== aside);
  await forEachConcurrently(others, fileConcurrency, ({ name }) => files.remove(at(name)));
}

async function listExports(files: WorkspaceFiles, { exportsFolder }: Workspace) {
  const listing = await files.list(exportsFolder, mostExports);
  const entries = listing?.entries ?? [];
  const asides = entries.flatMap(({ name, kind }): Aside[] => {
    const { final, refreshId } = (kind === 'file' && asideFile.exec(name)?.groups) || {};
    return final && refreshId ? [{ name, final, refreshId: Number(refreshId) }] : [];
  });
  return { asides, folders: new Set(entries.flatMap(({ name, kind }) => (kind === 'folder' ? name : []))) };
}

/** Whether there are unfinished exports of an interrupted refresh. */
export async function hasUnsettledExports(workspace: Workspace): Promise<boolean> {
  return (await exportFiles(new WorkspaceFiles(workspace), workspace)).some((name) => asideFile.test(name));
}

/** Models with an export in the folder. */
export async function exportedModels(workspace: Workspace): Promise<Set<string>> {
  const names = await exportFiles(new WorkspaceFiles(workspace), workspace);
  return new Set(names.flatMap((name) => (/^[^.].*\.parquet$/.test(name) ? path.basename(name, '.parquet') : [])));
}

/** Removes the export of a removed model. @param model from the database, so it can be any text */
export async function removeExport(model: string, workspace: Workspace): Promise<void> {
  const file = path.join(workspace.folder, exportPath(model));
  if (path.dirname(file) !== workspace.exportsFolder || /[/\\]/.test(model)) return;
  await new WorkspaceFiles(workspace).remove(file);
}

/** Names of the regular files. */
async function exportFiles(files: WorkspaceFiles, { exportsFolder }: Workspace): Promise<string[]> {
  const listing = await files.list(exportsFolder, mostExports);
  return (listing?.entries ?? []).flatMap(({ name, kind }) => (kind === 'file' ? name : []));
}
