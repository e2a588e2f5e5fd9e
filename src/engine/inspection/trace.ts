import { bronze, catalog } from '../../contract/relations';
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { Trace, TracedModel, TraceSubject } from '../../contract/trace';
import type { Model } from '../../contract/warehouse';
import { refuseEffects } from '../statements/statement';
import type { Workspace } from '../workspace';
import type { CheckFile } from '../models/check-file';
import { metricOver, whyNotOver } from './filtered-metric';
import type { ModelFile } from '../models/model-file';
import { countSchema, readRow } from '../sql/read-rows';
import { quoteIdentifier, quoteText } from '../sql/quote';

export interface TraceTask {
  readonly models: readonly ModelFile[];
  /** The same models as they are in the warehouse. */
  readonly standing: readonly Model[];
  readonly checks: readonly CheckFile[];
  readonly workspace: Workspace;
  readonly connection: DuckDBConnection;
}

/** The events of the traced user or team, read once; metrics are computed over them. */
const followed = 'temp.followed_events';

/** Traces one user or team from the raw events to the metrics. */
export async function trace(task: TraceTask, subject: TraceSubject): Promise<Trace> {
  const { models, standing, connection } = task;
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${followed} AS SELECT * FROM silver_events WHERE ${conditionOn(subject)}`,
  );
  const traced: TracedModel[] = [];
  for (const file of models) {
    const model = standing.find(({ name }) => name === file.name);
    if (model?.built) traced.push(await traceOrNot(task, file, model, subject));
  }
  return { models: traced, dropped: await droppedOf(task, subject) };
}

/** A failing user model must not prevent the trace of the others. */
async function traceOrNot(task: TraceTask, file: ModelFile, model: Model, subject: TraceSubject): Promise<TracedModel> {
  try {
    return await traceModel(task, file, model, subject);
  } catch (error) {
    const stopped = error instanceof Error && /^INTERRUPT/i.test(error.message);
    if (file.origin !== 'user' || stopped) throw error;
    return untraceable(file.name);
  }
}

const untraceable = (model: string): TracedModel => ({ model, how: 'untraceable', sql: null, rows: 0 });

async function traceModel(
  task: TraceTask,
  file: ModelFile,
  { name, built }: Model,
  subject: TraceSubject,
): Promise<TracedModel> {
  const has = (column: string) => built?.columns.some((candidate) => candidate.name === column) ?? false;
  const count = async (sql: string) =>
    (await readRow(task.connection, `SELECT count(*) AS rows FROM (${sql})`, z.object({ rows: countSchema }))).rows;
  if (has(columnOf(subject))) {
    const sql = namedSql(name, conditionOn(subject), rulesOn(name, task.checks), has('event_time'));
    return { model: name, how: 'named', sql, rows: await count(sql) };
  }
  if (has('team_id')) {
    const sqlFrom = (events: string) =>
      namedSql(name, `team_id IN (SELECT team_id FROM ${events})`, [], has('event_time'));
    const sql = sqlFrom(`silver_events WHERE ${conditionOn(subject)}`);
    return { model: name, how: 'team', sql, rows: await count(sqlFrom(followed)) };
  }
  if (file.layer !== 'gold' || whyNotOver(file, task.models) !== null) {
    return untraceable(name);
  }
  const columns = built?.columns.map((column) => column.name) ?? [];
  const alone = (events: string) => metricOver(file, task.models, task.workspace, events);
  const keys = await keysOf(name, columns, task.connection);
  const events = `SELECT *\n  FROM ${catalog}.main.silver_events\n  WHERE ${conditionOn(subject)}`;
  const sql = besideSql(alone(events), name, columns, keys, subject);
  const counted = alone(`SELECT * FROM ${followed}`);
  // A user model's text may have changed since a refresh checked it.
  if (file.origin === 'user') await refuseEffects(counted, task.connection);
  return { model: name, how: 'counted', sql, rows: await count(counted) };
}

const columnOf = ({ kind }: TraceSubject): string => `${kind}_id`;
const conditionOn = (subject: TraceSubject): string => `${columnOf(subject)} = ${subject.id}`;

/** Rows that silver drops come first, each with its rule. */
function namedSql(model: string, condition: string, rules: readonly Rule[], hasTime: boolean): string {
  const order = hasTime ? 'event_time' : 'ALL';
  const from = `FROM ${quoteIdentifier(model)}\nWHERE ${condition}`;
  if (rules.length === 0) return `SELECT *\n${from}\nORDER BY ${order}`;
  const cases = rules.map(({ name, text }) => `WHEN ${text.trim()} THEN ${quoteText(name)}`);
  return `SELECT CASE ${cases.join(' ')} END AS dropped_by, *\n${from}\nORDER BY dropped_by NULLS LAST, ${order}`;
}

interface Rule {
  readonly name: string;
  readonly summary: string;
  readonly text: string;
}

/** The rules by which silver drops rows of a model, as conditions on a row. */
function rulesOn(model: string, checks: readonly CheckFile[]): Rule[] {
  return checks.flatMap(({ name, summary, drops, condition }) =>
    drops?.from === model && condition?.table === model ? [{ name, summary, text: condition.text }] : [],
  );
}

/** The first columns that identify the rows of a metric; all if none do. By convention models start with their keys. */
async function keysOf(model: string, columns: readonly string[], connection: DuckDBConnection): Promise<string[]> {
  for (let taken = 1; taken < columns.length; taken += 1) {
    const keys = columns.slice(0, taken);
    const { repeats } = await readRow(
      connection,
      `SELECT count(*) - count(DISTINCT (${keys.map(quoteIdentifier).join(', ')}, 0)) AS repeats
       FROM ${quoteIdentifier(model)}`,
      z.object({ repeats: countSchema }),
    );
    if (repeats === 0) return keys;
  }
  return [...columns];
}

/** The rows of a metric for the traced user or team, each value next to that of everyone. */
function besideSql(
  alone: string,
  model: string,
  columns: readonly string[],
  keys: readonly string[],
  { kind, id }: TraceSubject,
): string {
  const values = columns.filter((column) => !keys.includes(column));
  const shown = [
    ...keys.map((key) => `alone.${quoteIdentifier(key)}`),
    ...values.flatMap((value) => [
      `alone.${quoteIdentifier(value)} AS ${quoteIdentifier(`${value} of ${kind} ${id}`)}`,
      `everyone.${quoteIdentifier(value)} AS ${quoteIdentifier(`${value} of all`)}`,
    ]),
  ];
  const same = keys.map((key) => `alone.${quoteIdentifier(key)} IS NOT DISTINCT FROM everyone.${quoteIdentifier(key)}`);
  return `SELECT\n  ${shown.join(',\n  ')}\nFROM (\n${alone}\n) AS alone
LEFT JOIN ${catalog}.main.${quoteIdentifier(model)} AS everyone\n  ON ${same.join(' AND ')}\nORDER BY ALL`;
}

async function droppedOf({ checks, connection }: TraceTask, subject: TraceSubject): Promise<Trace['dropped']> {
  const found: Trace['dropped'] = [];
  for (const { name, summary, text } of rulesOn(bronze, checks)) {
    const sql = `SELECT count(*) AS rows FROM bronze_events WHERE ${conditionOn(subject)} AND (${text})`;
    found.push({ rule: name, summary, ...(await readRow(connection, sql, z.object({ rows: countSchema }))) });
  }
  return found;
}
