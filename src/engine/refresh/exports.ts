import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { WorkspaceFiles } from '../fs/workspace-files';
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
    // If the file exists, DuckDB would write to yet another one first.
    await files.remove(aside);
    await files.checkTarget(aside);
    await connection.run(`COPY ${quoteIdentifier(model)} TO ${quoteText(aside)} (FORMAT parquet, COMPRESSION snappy)`);
  }
}

const asideFile = /^\.(?<final>.+\.parquet)\.(?<refreshId>\d+)\.new$/;

/**
 * Renames the files of committed refreshes into place, over the older ones, and removes all others, also those whose
 * place a folder has taken: the next refresh writes them again.
 * @param committed called only for refreshes with unfinished exports
 */
export async function settleExports(
  workspace: Workspace,
  committed: (refreshId: number) => boolean | Promise<boolean>,
): Promise<void> {
  const files = new WorkspaceFiles(workspace);
  const asides = (await exportFiles(files, workspace)).flatMap((name) => {
    const { final, refreshId } = asideFile.exec(name)?.groups ?? {};
    return final && refreshId ? { name, final, refreshId: Number(refreshId) } : [];
  });
  for (const { name, final, refreshId } of asides.toSorted((a, b) => a.refreshId - b.refreshId)) {
    const aside = path.join(workspace.exportsFolder, name);
    const target = path.join(workspace.exportsFolder, final);
    const free = (await files.find(target))?.kind !== 'folder';
    if (free && (await committed(refreshId))) await files.move(aside, target);
    else await files.remove(aside);
  }
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
