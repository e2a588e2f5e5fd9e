import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { noValues } from '../sql/parameters';
import { readStatement, refuseEffects } from '../statements/statement';
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

/** What building a model needs. */
export interface BuildContext {
  readonly connection: DuckDBConnection;
  readonly workspace: Workspace;
  readonly sources: Sources;
  /** What stood in the database before the refresh. */
  readonly relations: Relations;
}

/** What became of a model. */
export interface BuildOutcome {
  /** Whether its rows may differ from those before. */
  readonly changed: boolean;
  /** How they differ; empty too where there was nothing to compare with. */
  readonly changes: readonly RawChange[];
}

const fresh = 'temp.fresh_rows';

/** Carries out the plan for a model that is a table. */
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
  // What runs is not quite what was looked at: DuckDB plans it as it runs.
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

/** Puts freshly computed rows in the place of those that `where` holds for. */
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
  // Gold is small: written anew as a whole it stays in order for whoever reads it without ORDER BY.
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

/** The SELECT of a model that we have not written: it must be one statement, and one that only reads. */
async function checkedSelect(model: ModelFile, { connection, workspace }: BuildContext): Promise<string> {
  const select = selectOf(model, workspace);
  const { embeddable, prepared } = await readStatement(select, noValues, connection);
  prepared?.destroySync();
  if (embeddable === null) throw invalid(model.file, 1, 'it is not one SELECT');
  return select;
}

/** Tells other clients what a table is for: DuckDB shows comments where it lists tables and columns. */
async function describe(model: ModelFile, kind: 'TABLE' | 'VIEW', connection: DuckDBConnection): Promise<void> {
  const table = quoteIdentifier(model.name);
  const comments = [
    `COMMENT ON ${kind} ${table} IS ${quoteText(`${model.summary} (${model.grain})`)}`,
    ...(model.origin === 'user' ? [] : model.columns).map(
      ({ name, meaning }) => `COMMENT ON COLUMN ${table}.${quoteIdentifier(name)} IS ${quoteText(meaning)}`,
    ),
  ];
  await connection.run(comments.join(';\n'));
}
