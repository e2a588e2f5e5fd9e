import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { noValues } from '../sql/parameters';
import { refuseEffects, withReadStatement } from '../statements/statement';
import type { Workspace } from '../workspace';
import type { Relations } from '../records/built-tables';
import { compareRows, sameColumns, type RawChange } from '../records/changes';
import type { ModelFile } from '../models/model-file';
import { selectOf } from '../models/models';
import { inPeriods, type ModelPlan } from './plan';
import { countSchema, readRow } from '../sql/read-rows';
import { invalid } from '../models/sql-header';
import { quoteIdentifier, quoteText } from '../sql/quote';
import type { Sources } from './restricted-reads';

/** Everything that building a model needs. */
export interface BuildContext {
  readonly connection: DuckDBConnection;
  readonly workspace: Workspace;
  readonly sources: Sources;
  /** The relations of the database before the refresh. */
  readonly relations: Relations;
}

/** The outcome of building a model. */
export interface BuildOutcome {
  /** Whether its rows may have changed. */
  readonly changed: boolean;
  /** The changes; also empty if there was nothing to compare with. */
  readonly changes: readonly RawChange[];
}

const fresh = 'temp.fresh_rows';

/** Executes the plan for a model that is a table. */
export async function buildTable(
  model: ModelFile,
  plan: Exclude<ModelPlan, { action: 'keep' }>,
  context: BuildContext,
): Promise<BuildOutcome> {
  const { connection, relations } = context;
  const select = model.origin === 'user' ? await checkedSelect(model, context) : selectOf(model, context.workspace);
  const where = plan.action === 'periods' ? inPeriods(model, plan) : 'true';
  const reader = { ...model, shipped: model.origin === 'shipped' };
  const rows = await context.sources.restricted(reader, select, plan.action === 'periods' ? plan.days : null, where);
  // DuckDB plans the combined SQL again, so it is checked again.
  if (model.origin === 'user') await refuseEffects(rows, connection);
  const kind = relations.get(model.name);
  if (kind === undefined || kind === 'view' || (model.layer !== 'gold' && plan.action === 'all')) {
    if (kind === 'view') await connection.run(`DROP VIEW ${quoteIdentifier(model.name)}`);
    await connection.run(`CREATE OR REPLACE TABLE ${quoteIdentifier(model.name)} AS\n${rows}`);
    await describe(model, 'TABLE', connection);
    return { changed: true, changes: [] };
  }
  await connection.run(`CREATE OR REPLACE TEMP TABLE fresh_rows AS\n${rows}`);
  try {
    return await takeFreshRows(model, where, connection);
  } finally {
    await connection.run(`DROP TABLE IF EXISTS ${fresh}`).catch(() => undefined);
  }
}

/** Replaces the rows that match `where` with newly computed ones. */
async function takeFreshRows(model: ModelFile, where: string, connection: DuckDBConnection): Promise<BuildOutcome> {
  const table = quoteIdentifier(model.name);
  if (model.layer !== 'gold') {
    await connection.run(`DELETE FROM ${table} WHERE ${where}`);
    await connection.run(`INSERT INTO ${table} FROM ${fresh}`);
    return { changed: true, changes: [] };
  }
  const before = `SELECT * FROM ${table} WHERE ${where}`;
  const after = `SELECT * FROM ${fresh}`;
  const comparable = where !== 'true' || (await sameColumns(connection, before, after));
  const changes = comparable ? await compareRows(connection, before, after, model.period?.column ?? null) : [];
  if (comparable && changes.length === 0) return { changed: false, changes };
  // Gold is small, so the whole table is rewritten: it stays sorted for readers without ORDER BY.
  const rows =
    where === 'true'
      ? `FROM ${fresh}`
      : `SELECT * FROM (FROM ${table} WHERE NOT ${where} UNION ALL FROM ${fresh}) ORDER BY ALL`;
  await connection.run(`CREATE OR REPLACE TABLE ${table} AS\n${rows}`);
  await describe(model, 'TABLE', connection);
  return { changed: true, changes };
}

/** (Re)creates a view; `select` is its definition. */
export async function buildView(model: ModelFile, select: string, context: BuildContext): Promise<void> {
  const { connection, relations } = context;
  if (model.origin === 'user') await checkedSelect(model, context);
  if (relations.get(model.name) === 'table') await connection.run(`DROP TABLE ${quoteIdentifier(model.name)}`);
  await connection.run(`CREATE OR REPLACE VIEW ${quoteIdentifier(model.name)} AS\n${select}`);
  await describe(model, 'VIEW', connection);
}

export async function countRows(model: string, connection: DuckDBConnection): Promise<number> {
  const sql = `SELECT count(*) AS rows FROM ${quoteIdentifier(model)}`;
  return (await readRow(connection, sql, z.object({ rows: countSchema }))).rows;
}

/** The SELECT of a user model, which must be one statement, and only read. */
async function checkedSelect(model: ModelFile, { connection, workspace }: BuildContext): Promise<string> {
  const select = selectOf(model, workspace);
  const embeddable = await withReadStatement(select, noValues, connection, async (read) => read.embeddable);
  if (embeddable === null) throw invalid(model.file, 1, 'it is not one SELECT');
  return select;
}

/** Stores the descriptions of a table and its columns as comments, which other clients show. */
export async function describe(model: ModelFile, kind: 'TABLE' | 'VIEW', connection: DuckDBConnection): Promise<void> {
  const table = quoteIdentifier(model.name);
  const comments = [
    `COMMENT ON ${kind} ${table} IS ${quoteText(`${model.summary} (${model.grain})`)}`,
    ...(model.origin === 'user' ? [] : model.columns).map(
      ({ name, meaning }) => `COMMENT ON COLUMN ${table}.${quoteIdentifier(name)} IS ${quoteText(meaning)}`,
    ),
  ];
  await connection.run(comments.join(';\n'));
}
