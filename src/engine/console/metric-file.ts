import { catalog } from '../../contract/relations';
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { AppError } from '../../contract/app-error';
import type { Parameter } from '../../contract/results';
import { parameterNames } from '../../contract/text/sql-text';
import { namesIn, parseUserModel } from '../models/model-file';
import { constantOf, withDefaults, writtenValue } from '../models/model-parameters';
import { quoteText } from '../sql/quote';
import { noValues, readParameters } from '../sql/parameters';
import { sqlError } from '../sql/sql-error';
import { readRows } from '../sql/read-rows';
import { withoutEnd } from '../sql/sql-comments';
import { columnsOf, withReadStatement } from '../statements/statement';

/** The parts of a metric that its user writes. */
export interface MetricText {
  readonly summary: string;
  readonly grain: string;
  /** One SELECT; its `$name` parameters get the defaults. */
  readonly sql: string;
  readonly parameters?: Readonly<Record<string, Parameter>> | undefined;
}

/** Parts of an earlier version of the file that its user may have written by hand. */
export interface KeptHeader {
  /** Header lines to keep as they are, such as `-- kind: view`. */
  readonly lines: readonly string[];
  /** Meanings of columns, by name. */
  readonly columns: ReadonlyMap<string, string>;
}

/** The warehouse that a metric is for. */
export interface MetricPlace {
  readonly connection: DuckDBConnection;
  /** The folder of the workspace, for messages. */
  readonly folder: string;
}

const newHeader: KeptHeader = { lines: ['-- layer: gold', '-- kind: table'], columns: new Map() };

/** Names that a model header can contain. */
const headerName = /^[\p{L}\p{N}_][\p{L}\p{N}_ ]*$/u;

/**
 * The text of a model file for a metric, once DuckDB has prepared its SQL.
 * @param model the name of the model, `gold_...`
 * @throws AppError INVALID_OPTIONS or SQL_ERROR if the SQL can't be a model
 */
export async function metricFileText(
  model: string,
  metric: MetricText,
  { connection, folder }: MetricPlace,
  kept = newHeader,
): Promise<string> {
  const defaults = writtenDefaults(metric);
  await readParameters(metric.parameters ?? {}, connection);
  const columns = await storableColumns(metric.sql, defaults, { connection, folder });
  const known = await relations(connection);
  const reads = namesIn(metric.sql, known, model);
  const text = [
    `-- name: ${model}`,
    ...kept.lines,
    `-- grain: ${oneLine(metric.grain) || 'not stated'}`,
    ...(reads.length > 0 ? [`-- depends on: ${reads.toSorted().join(', ')}`] : []),
    ...(defaults.length > 0
      ? ['-- parameters:', ...defaults.map(({ name, written }) => `--   ${name}: ${written}`)]
      : []),
    '-- columns:',
    ...columns
      .filter(({ name }) => headerName.test(name))
      .map(({ name, type }) => `--   ${name}: ${kept.columns.get(name) ?? type}`),
    `-- summary: ${oneLine(metric.summary) || 'Your own metric.'}`,
    `${withoutEnd(metric.sql).trim()};`,
    '',
  ].join('\n');
  // Parsed as a refresh does, to be sure that the file is valid.
  parseUserModel(text, `${model}.sql`, known);
  return text;
}

/** Names of the tables and views of the warehouse. */
export async function relations(connection: DuckDBConnection): Promise<string[]> {
  const rows = await readRows(
    connection,
    `SELECT table_name AS name FROM system.information_schema.tables WHERE table_catalog = ${quoteText(catalog)}`,
    z.object({ name: z.string() }),
  );
  return rows.map(({ name }) => name);
}

function writtenDefaults({ sql, parameters = {} }: MetricText): { name: string; written: string }[] {
  return parameterNames(sql).map((name) => {
    if (/^\d+$/.test(name)) {
      throw new AppError('INVALID_OPTIONS', 'The parameters of a metric need names.', {
        action: 'Write $name instead of ? in the SQL.',
      });
    }
    const value = parameters[name];
    if (value) return { name, written: writtenValue(value) };
    throw new AppError('INVALID_OPTIONS', `The parameter $${name} has no value, which would be its default.`, {
      action: `Enter a value for $${name}.`,
    });
  });
}

async function storableColumns(
  sql: string,
  defaults: readonly { name: string; written: string }[],
  { connection, folder }: MetricPlace,
) {
  const constants = defaults.map(({ name, written }) => ({ name, constant: constantOf(written) ?? 'NULL' }));
  const filled = withDefaults(sql, constants);
  const columns = await withReadStatement(filled, noValues, connection, async ({ prepared, embeddable, storable }) => {
    if (embeddable === null) return null;
    const found = columnsOf(prepared);
    checkStructs(found ?? [], storable?.unnamed);
    return found;
  }).catch((error: unknown) => {
    throw sqlError(error, filled, folder) ?? error;
  });
  if (!columns) {
    throw new AppError('INVALID_OPTIONS', 'A metric must be one SELECT.', { action: 'Write one SELECT.' });
  }
  checkNames(columns.map(({ name }) => name));
  return columns;
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

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
