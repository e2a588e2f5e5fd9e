import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { WorkspaceFiles } from '../fs/workspace-files';
import type { Workspace } from '../workspace';
import { quoteIdentifier, quoteText } from '../sql/quote';

/** Files of the exports folder that are looked at: one a model, and what the user puts there. */
const mostExports = 100_000;

/** The export of a model, by its path from the workspace. */
export function exportPath(model: string): string {
  return `exports/${model}.parquet`;
}

/**
 * Writes each gold model to a Parquet file beside its final name, so that a reader never meets half a file. The name
 * tells the refresh: should the program end before {@link settleExports}, the next start can tell whether the refresh
 * was committed, and finish or discard its files.
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
    // Over a file that is there, DuckDB would write to yet another one first.
    await files.remove(aside);
    await files.checkTarget(aside);
    await connection.run(`COPY ${quoteIdentifier(model)} TO ${quoteText(aside)} (FORMAT parquet, COMPRESSION snappy)`);
  }
}

const asideFile = /^\.(?<final>.+\.parquet)\.(?<refreshId>\d+)\.new$/;

/**
 * Renames what the committed refreshes have written into place, over the older files, and removes all else.
 * @param committed asked only of refreshes that have left files aside
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
    if (await committed(refreshId)) await files.move(aside, path.join(workspace.exportsFolder, final));
    else await files.remove(aside);
  }
}

/** Whether a refresh that did not end has left files aside. */
export async function hasUnsettledExports(workspace: Workspace): Promise<boolean> {
  return (await exportFiles(new WorkspaceFiles(workspace), workspace)).some((name) => asideFile.test(name));
}

/** Models of which an export lies in the folder. */
export async function exportedModels(workspace: Workspace): Promise<Set<string>> {
  const names = await exportFiles(new WorkspaceFiles(workspace), workspace);
  return new Set(names.flatMap((name) => (/^[^.].*\.parquet$/.test(name) ? path.basename(name, '.parquet') : [])));
}

/** Removes the export of a model that is no more. @param model as the database has it: anything may be in there */
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
