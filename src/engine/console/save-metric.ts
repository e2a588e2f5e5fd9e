import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { AppError } from '../../contract/app-error';
import type { SaveMetricRequest } from '../../contract/result-work';
import { parameterNames } from '../../contract/sql-text';
import { requireFileName } from '../fs/file-name';
import { hasCode } from '../fs/errno';
import { WorkspaceFiles } from '../fs/workspace-files';
import { systemError } from '../fs/system-error';
import { catalog } from '../database/catalog';
import { namesIn, parseUserModel, userModelName } from '../models/model-file';
import { readRows } from '../sql/read-rows';
import { quoteText } from '../sql/quote';
import type { Workspace } from '../workspace';
import { withoutEnd } from '../sql/sql-comments';
import { noValues } from '../sql/parameters';
import { columnsOf, withReadStatement } from '../statements/statement';

/** Names that a model header can contain. */
const headerName = /^[a-z][a-z0-9_ ]*$/i;

/**
 * Writes a query as a model, `models/<name>.sql`, that the next refresh builds.
 * @returns its path from the workspace
 * @throws AppError INVALID_OPTIONS if the name is taken or the SQL can't be a model; DISK_FULL, WORKSPACE_READ_ONLY
 */
export async function saveMetric(
  request: SaveMetricRequest,
  workspace: Workspace,
  connection: DuckDBConnection,
): Promise<string> {
  requireFileName(request.name, '.sql');
  const file = `${request.name}.sql`;
  const model = userModelName(file);
  const known = await relations(connection);
  if (known.includes(model)) throw taken(model);
  if (parameterNames(request.sql).length > 0) throw notOneSelect();
  const columns = await withReadStatement(
    request.sql,
    noValues,
    connection,
    async ({ prepared, embeddable, storable }) => {
      if (embeddable === null) return null;
      const found = columnsOf(prepared);
      checkStructs(found ?? [], storable?.unnamed);
      return found;
    },
  );
  if (!columns) throw notOneSelect();
  checkNames(columns.map(({ name }) => name));
  const reads = namesIn(request.sql, known, model);
  const text = [
    `-- name: ${model}`,
    '-- layer: gold',
    '-- kind: table',
    `-- grain: ${oneLine(request.grain) || 'not stated'}`,
    ...(reads.length > 0 ? [`-- depends on: ${reads.toSorted().join(', ')}`] : []),
    '-- columns:',
    ...columns.filter(({ name }) => headerName.test(name)).map(({ name, type }) => `--   ${name}: ${type}`),
    `-- summary: ${oneLine(request.summary) || 'Your own metric.'}`,
    `${withoutEnd(request.sql).trim()};`,
    '',
  ].join('\n');
  // Parsed as a refresh does, to be sure that the file is valid.
  parseUserModel(text, file, known);
  const files = new WorkspaceFiles(workspace);
  await files.makeFolder(workspace.modelsFolder);
  await files.create(path.join(workspace.modelsFolder, file), text).catch((error: unknown) => {
    throw hasCode(error, 'EEXIST') ? taken(model) : (systemError(error, workspace.folder) ?? error);
  });
  return `models/${file}`;
}

async function relations(connection: DuckDBConnection): Promise<string[]> {
  const rows = await readRows(
    connection,
    `SELECT table_name AS name FROM system.information_schema.tables WHERE table_catalog = ${quoteText(catalog)}`,
    z.object({ name: z.string() }),
  );
  return rows.map(({ name }) => name);
}

function checkNames(names: readonly string[]): void {
  const twice = names.find(
    (name, index) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) < index,
  );
  if (twice === undefined) return;
  throw new AppError('INVALID_OPTIONS', `Two columns are named ${twice}.`, {
    action: 'Give each column of the query its own name with AS.',
  });
}

/** @param unnamed by column, those whose structs have no field names: no table can store them */
function checkStructs(columns: readonly { readonly name: string }[], unnamed?: ReadonlyMap<number, unknown>): void {
  const column = columns.find((_, index) => unnamed?.has(index));
  if (!column) return;
  throw new AppError(
    'INVALID_OPTIONS',
    `The structs in ${column.name} have no field names, so no table can store them.`,
    {
      action: "Name the fields in the SQL, as in {'a': 1, 'b': 2}.",
    },
  );
}

function notOneSelect(): AppError {
  return new AppError('INVALID_OPTIONS', 'A metric must be one SELECT without parameters.', {
    action: 'Write one SELECT, with values instead of parameters.',
  });
}

function taken(model: string): AppError {
  return new AppError('INVALID_OPTIONS', `A model named ${model} already exists.`, { action: 'Choose another name.' });
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
