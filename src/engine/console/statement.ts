import {
  StatementType,
  type DuckDBConnection,
  type DuckDBPreparedStatement,
  type DuckDBResultReader,
} from '@duckdb/node-api';
import { z } from 'zod';
import { AppError } from '../../contract/app-error';
import type { Column } from '../../contract/warehouse';
import { bind, type BoundValues } from './parameters';
import { isBlank, withoutComments, withoutEnd } from './sql-comments';
import { readOnly } from './sql-error';

/** One statement that DuckDB has parsed, and bound where that is possible before it runs. */
export interface ParsedStatement {
  readonly type: StatementType;
  /** The statement alone, without what may stand behind it. */
  readonly text: string;
  /** Null for a PIVOT whose columns depend on the data: DuckDB makes two statements of it. */
  readonly prepared: DuckDBPreparedStatement | null;
}

/** A statement that reads. */
export interface ReadStatement extends ParsedStatement {
  /** As `CREATE TABLE ... AS` can embed it; null where DuckDB's grammar does not allow that (SHOW, EXPLAIN, ...). */
  readonly embeddable: string | null;
  /** DuckDB's plan as JSON, where it has one. */
  readonly plan: string | null;
}

/**
 * Has DuckDB parse the one statement of `sql`.
 * @throws DuckDB's own error for wrong SQL; AppError SQL_ERROR for none or several statements
 */
export async function parseStatement(sql: string, connection: DuckDBConnection): Promise<ParsedStatement> {
  // DuckDB's parser fails without a message on text that holds nothing but white space and comments.
  if (isBlank(sql))
    throw sqlProblem('There is no statement to run.', 'Write one, such as FROM silver_events LIMIT 10.');
  const statements = await connection.extractStatements(sql);
  const text = withoutEnd(sql);
  if (statements.count > 1) {
    if (!(await parses(`FROM (\n${text}\n)`, connection))) {
      throw sqlProblem(`These are ${statements.count} statements.`, 'Run them one at a time.');
    }
    return { type: StatementType.SELECT, text, prepared: null };
  }
  const prepared = await statements.prepare(0);
  return { type: prepared.statementType, text, prepared };
}

/**
 * Refuses what does not read, by DuckDB's own word for it.
 * That nothing is written to a database is ensured by the read-only transaction that it runs in; this is for what a
 * transaction knows nothing of, files and the settings of the process.
 * @throws AppError SQL_READ_ONLY
 */
async function toRead(
  statement: ParsedStatement,
  values: BoundValues,
  connection: DuckDBConnection,
): Promise<ReadStatement> {
  const { type, text } = statement;
  if (type === StatementType.EXPLAIN) {
    return { ...statement, prepared: await prepareExplain(text, values, connection), embeddable: null, plan: null };
  }
  if (type !== StatementType.SELECT) throw readOnly(`It is a statement of the kind ${StatementType[type]}.`);
  const embeds = await parses(`CREATE TEMP TABLE result AS\n${text}`, connection);
  // Of what can't be embedded, PRAGMA can't be explained either; it takes no query.
  const planning = refuseEffects(text, values, connection);
  const plan = await (embeds ? planning : planning.catch(refusalOnly));
  return { ...statement, embeddable: embeds ? text : null, plan };
}

/** Both: parses the one statement of `sql` and refuses it unless it reads. */
export async function readStatement(
  sql: string,
  values: BoundValues,
  connection: DuckDBConnection,
): Promise<ReadStatement> {
  return toRead(await parseStatement(sql, connection), values, connection);
}

/** Names and types of the columns that a statement will yield; null where DuckDB does not know them before it runs. */
export function columnsOf(prepared: DuckDBPreparedStatement | null): Column[] | null {
  if (!prepared || prepared.parameterCount > 0) return null;
  return Array.from({ length: prepared.columnCount }, (_, index) => ({
    name: prepared.columnName(index),
    type: prepared.columnType(index).toString(),
  }));
}

/** Table functions that act on the process or write files although they stand in a SELECT. */
const effects = /^(?:(?:enable|disable|force|set|truncate|load|install)_|checkpoint$|arrow_scan)/i;
const planNodePattern = /"(?:name|Function)": "([^"]*)"/g;
const planSchema = z.object({ explain_value: z.string() });

/**
 * Looks at the functions in DuckDB's plan: it sees through views, macros and `query('...')`.
 * @throws DuckDB's own error where the statement can't be planned, one line further down than it is
 * @returns the plan as JSON
 */
export async function refuseEffects(sql: string, values: BoundValues, connection: DuckDBConnection): Promise<string> {
  const plans = z.array(planSchema).parse((await explain(sql, values, connection)).getRowObjectsJS());
  for (const { explain_value: plan } of plans) {
    for (const [, name = ''] of plan.matchAll(planNodePattern)) {
      if (effects.test(name)) throw readOnly(`${name.toLowerCase()} changes how the warehouse process works.`);
    }
  }
  return plans[0]?.explain_value ?? '[]';
}

/** A PIVOT that DuckDB makes two statements of can't be prepared, and takes no parameters. */
async function explain(sql: string, values: BoundValues, connection: DuckDBConnection): Promise<DuckDBResultReader> {
  const text = `EXPLAIN (FORMAT json)\n${sql}`;
  const statements = await connection.extractStatements(text);
  if (statements.count > 1) return connection.runAndReadAll(text);
  const prepared = await statements.prepare(0);
  try {
    bind(prepared, values);
    return await prepared.runAndReadAll();
  } finally {
    // Left to the garbage collector, which sees none of DuckDB's memory, they would pile up.
    prepared.destroySync();
  }
}

/**
 * `EXPLAIN ANALYZE` runs what it explains: only a SELECT may stand there, or a COPY would write its file. What has been
 * checked is put together again, so that nothing else can run.
 */
async function prepareExplain(
  sql: string,
  values: BoundValues,
  connection: DuckDBConnection,
): Promise<DuckDBPreparedStatement> {
  const [, prefix = '', explained = ''] =
    /^(\s*EXPLAIN\s+(?:ANALYZE\s+)?(?:\([^)]*\)\s*(?=\w))?)([^]*)$/i.exec(withoutComments(sql)) ?? [];
  const inner = await (await connection.extractStatements(explained)).prepare(0);
  if (inner.statementType !== StatementType.SELECT) throw readOnly('Only a SELECT can be explained.');
  await refuseEffects(explained, values, connection);
  return connection.prepare(prefix + explained);
}

function refusalOnly(error: unknown): null {
  if (error instanceof AppError) throw error;
  return null;
}

async function parses(sql: string, connection: DuckDBConnection): Promise<boolean> {
  return connection.extractStatements(sql).then(
    () => true,
    () => false,
  );
}

function sqlProblem(message: string, action: string): AppError {
  return new AppError('SQL_ERROR', message, { action });
}
