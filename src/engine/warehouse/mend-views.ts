import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { Workspace } from '../workspace';
import { bronzeSelect } from '../models/bronze-view';
import { readBuiltModels, readRelations, writeBuiltModels, type BuiltModel } from '../records/built-tables';
import { Database, type DatabaseOptions } from '../database/database';
import { listEvents, type EventListing } from '../events/event-files';
import { readManifest, writeVersions, type Manifest } from '../records/manifest';
import type { ModelFile } from '../models/model-file';
import { bronzeOf, loadModels } from '../models/models';
import { readRows } from '../sql/read-rows';
import { escapeGlob, quoteIdentifier, quoteText } from '../sql/quote';

/** The folder of the workspace in the definition of bronze, as SQL. */
const folderInDefinition = /'(?<folder>(?:[^']|'')*?)[/\\]data[/\\]events[/\\]date=/;

/** {@link Database.open} for a warehouse: its views are repaired as soon as the file is attached. */
export function openWarehouseDatabase(
  workspace: Workspace,
  modelsFolder: string,
  options: DatabaseOptions = {},
): Promise<Database> {
  const onAttached = (connection: DuckDBConnection) => mendViews(connection, workspace, modelsFolder);
  return Database.open(workspace, { ...options, onAttached });
}

/**
 * Views hold absolute paths, so that any client can read them from any folder. After a workspace was moved, renamed or
 * copied they would read the files in the old place, or none. This gives them the new paths, and marks files in the
 * manifest as unchanged if their size and modification time are those of the last refresh. Does nothing if the
 * workspace hasn't moved.
 * @returns the previous folder; null if there was nothing to do
 */
export async function mendViews(
  connection: DuckDBConnection,
  workspace: Workspace,
  modelsFolder: string,
): Promise<string | null> {
  const built = await readBuiltModels(connection);
  const bronze = bronzeOf({ models: await loadModels(modelsFolder) });
  const before = folderInDefinition.exec(built.get(bronze.name)?.definition ?? '')?.groups?.folder;
  const now = quoteText(escapeGlob(workspace.folder)).slice(1, -1);
  if (before === undefined || before === now || before === quoteText(workspace.folder).slice(1, -1)) return null;
  const [listing, manifest, relations] = [
    await listEvents(workspace),
    await readManifest(connection),
    await readRelations(connection),
  ];
  const moved = [...built.values()].map((model) => {
    const definition =
      model.name === bronze.name
        ? bronzeNow(bronze, listing, manifest, workspace)
        : model.definition.replaceAll(`'${before}/data/`, () => `'${now}/data/`);
    return { ...model, definition };
  });
  await connection.run('BEGIN');
  try {
    for (const model of moved) {
      const isChanged = model.definition !== built.get(model.name)?.definition;
      if (isChanged && relations.get(model.name) === 'view') await replaceView(model, connection);
    }
    await writeBuiltModels(connection, moved);
    await writeVersions(connection, movedVersions(listing, manifest));
    await connection.run('COMMIT');
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => undefined);
    throw error;
  }
  return before.replaceAll("''", "'");
}

/** Bronze as after the last refresh, without the files that it left out. */
function bronzeNow(bronze: ModelFile, listing: EventListing, manifest: Manifest, workspace: Workspace): string {
  const files = listing.files.filter((file) => manifest.get(file.path)?.left_out !== true);
  const matchesPattern = listing.matchesPattern && files.length === listing.files.length;
  return bronzeSelect(bronze, { files, matchesPattern }, workspace);
}

/** Modification times are precise to two seconds at worst (FAT, zip). */
const timePrecisionMs = 2_000;

/** Files that equal those of the manifest, apart from the change time, which copying changes. */
function movedVersions({ files }: EventListing, manifest: Manifest): { path: string; version: string }[] {
  return files.flatMap(({ path, bytes, modifiedMs, version }) => {
    const known = manifest.get(path)?.version;
    const [, size, modified] = /^(\d+)-(-?[\d.]+)-/.exec(known ?? '') ?? [];
    const isSame = Number(size) === bytes && Math.abs(Number(modified) - modifiedMs) <= timePrecisionMs;
    return isSame && known !== version ? [{ path, version }] : [];
  });
}

/** Replaces the definition of a view, keeping its comments. */
async function replaceView({ name, definition }: BuiltModel, connection: DuckDBConnection): Promise<void> {
  const comments = await readRows(
    connection,
    `SELECT NULL AS "column", comment FROM duckdb_views()
     WHERE database_name = current_database() AND schema_name = 'main' AND view_name = $name AND comment IS NOT NULL
     UNION ALL
     SELECT column_name, comment FROM duckdb_columns()
     WHERE database_name = current_database() AND schema_name = 'main' AND table_name = $name AND comment IS NOT NULL`,
    z.object({ column: z.string().nullable(), comment: z.string() }),
    { name },
  );
  const view = quoteIdentifier(name);
  await connection.run(`CREATE OR REPLACE VIEW ${view} AS\n${definition}`);
  for (const { column, comment } of comments) {
    const subject = column === null ? `VIEW ${view}` : `COLUMN ${view}.${quoteIdentifier(column)}`;
    await connection.run(`COMMENT ON ${subject} IS ${quoteText(comment)}`);
  }
}
