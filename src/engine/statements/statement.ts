import { StatementType, type DuckDBConnection, type DuckDBPreparedStatement } from '@duckdb/node-api';
import { AppError } from '../../contract/app-error';
import type { Column } from '../../contract/column-type';
import { checkedPlan } from './checked-plan';
import { splitExplain } from './explain-prefix';
import { noValues, type BoundValues } from '../sql/parameters';
import { extractStatements, parses, withPrepared, type ExtractedStatements } from '../sql/prepared';
import { isBlank, withoutEnd } from '../sql/sql-comments';
import { refusedAsWrite } from '../sql/sql-error';
import { countStatements, kindOfStatement } from './statement-kind';
import { refuseUnplannedListing } from './listing';
import { refuseActing } from './static-check';
import { mayBeUnnamed, storableSelect, type StorableSelect } from '../sql/unnamed-structs';

/** One statement that DuckDB has parsed and, if possible before it runs, bound. */
export interface ParsedStatement {
  readonly type: StatementType;
  /** The statement alone, without anything after it. */
  readonly text: string;
  /**
   * Destroyed when the function that it is lent to ends. Null if DuckDB splits the statement into several, such as a
   * PIVOT whose columns depend on the data.
   */
  readonly prepared: DuckDBPreparedStatement | null;
  /** Those statements, to be prepared and run one after the other. */
  readonly expanded: ExtractedStatements | null;
}

/** A read-only statement. */
export interface ReadStatement extends ParsedStatement {
  /**
   * The form that `CREATE TABLE ... AS` can embed; null if DuckDB's grammar doesn't allow that (SHOW, EXPLAIN, ...).
   */
  readonly embeddable: string | null;
  /** The form that a table can store. */
  readonly storable: StorableSelect | null;
  /** DuckDB's physical plan of the SQL that runs, as JSON, if it has one. */
  readonly plan: string | null;
}

/** Creates the error of a refusal, for a read-only tab or one that allows changes. */
type Refusal = (reason: string) => AppError;

/**
 * Lets DuckDB parse the one statement of `sql`, and bind it, if neither has an effect. The first words decide whether
 * DuckDB gets the statement at all, since some act when they are parsed or prepared.
 * @param refusal creates the error for a statement that acts
 * @param work gets the statement, whose prepared form lasts until `work` ends
 * @throws DuckDB's own error for wrong SQL; AppError SQL_ERROR for none or several statements, or the error from
 * `refusal`; any error of `work`
 */
export async function withStatement<T>(
  sql: string,
  connection: DuckDBConnection,
  refusal: Refusal,
  work: (statement: ParsedStatement) => Promise<T>,
): Promise<T> {
  // DuckDB's parser fails without a message on text that has only white space and comments.
  if (isBlank(sql)) throw sqlProblem("There's no statement to run.", 'Write one, such as FROM silver_events LIMIT 10.');
  refuseSeveral(countStatements(sql));
  const { keyword, safety } = kindOfStatement(sql);
  const unfit = () => refusal(`Its type is ${keyword || 'unknown'}.`);
  if (safety === 'acting') throw unfit();
  const text = withoutEnd(sql);
  const statements = await extractStatements(sql, connection);
  if (safety === 'unknown') throw unfit();
  const looked = keyword === 'EXPLAIN' ? (await splitExplain(text, connection)).explained : text;
  // Preparing an EXPLAIN prepares the explained statement.
  if (kindOfStatement(looked).safety !== 'bindable') throw refusal('Only a SELECT can be explained.');
  await refuseActing(looked, connection, refusal);
  if (statements.count === 1) {
    return statements.withPrepared(0, (prepared) =>
      work({ type: prepared.statementType, text, prepared, expanded: null }),
    );
  }
  if (!(await isOneStatement(text, statements.count, connection))) refuseSeveral(statements.count);
  await refuseUnplannedListing(text, connection, refusal);
  return work({ type: await expandedType(keyword, text, connection), text, prepared: null, expanded: statements });
}

function refuseSeveral(count: number): void {
  if (count > 1) throw sqlProblem(`This contains ${count} statements.`, 'Run them one at a time.');
}

/**
 * Whether DuckDB itself split one statement into several. Our tokenizer found one statement in the text. If DuckDB took
 * a semicolon that we see in a string or comment for the end of a statement, it would find other statements without it.
 */
async function isOneStatement(text: string, count: number, connection: DuckDBConnection): Promise<boolean> {
  if (!text.includes(';')) return true;
  return extractStatements(text.replaceAll(';', ','), connection).then(
    (statements) => statements.count === count,
    () => false,
  );
}

const typeOfKeyword: Readonly<Record<string, StatementType>> = {
  CREATE: StatementType.CREATE,
  INSERT: StatementType.INSERT,
  UPDATE: StatementType.UPDATE,
  DELETE: StatementType.DELETE,
  MERGE: StatementType.MERGE_INTO,
  ALTER: StatementType.ALTER,
  EXPLAIN: StatementType.EXPLAIN,
};

/** By its first word, since the split statements don't show the original type; a query may follow FROM. */
async function expandedType(keyword: string, text: string, connection: DuckDBConnection): Promise<StatementType> {
  if (await parses(`FROM (\n${text}\n)`, connection)) return StatementType.SELECT;
  const type = typeOfKeyword[keyword];
  if (type !== undefined) return type;
  throw sqlProblem('DuckDB splits this into several statements.', 'Run its parts one at a time.');
}

/**
 * Refuses statements that don't only read. The read-only transaction prevents writes to databases; this covers effects
 * outside transactions, on files and process settings.
 * @throws AppError SQL_READ_ONLY
 */
async function toRead<T>(
  statement: ParsedStatement,
  values: BoundValues,
  connection: DuckDBConnection,
  work: (statement: ReadStatement) => Promise<T>,
): Promise<T> {
  const { type, text } = statement;
  const unstored = { embeddable: null, storable: null, plan: null };
  if (type === StatementType.EXPLAIN) {
    const checked = await checkedExplain(text, values, connection);
    return withPrepared(checked, connection, (prepared) => work({ ...statement, prepared, ...unstored }));
  }
  if (type !== StatementType.SELECT) throw refusedAsWrite(`Its type is ${StatementType[type]}.`);
  if (await parses(`CREATE TEMP TABLE result AS\n${text}`, connection)) {
    // Planning such a PIVOT would run parts of it; its text has been checked.
    if (statement.expanded)
      return work({ ...statement, embeddable: text, storable: { select: text, unnamed: new Map() }, plan: null });
    return work({ ...statement, embeddable: text, ...(await toStore(statement, values, connection)) });
  }
  // Of the statements that can't be embedded, PRAGMA can't be explained either; it has no query.
  await checkedPlan(text, values, connection, refusedAsWrite).catch(refusalOnly);
  return work({ ...statement, ...unstored });
}

/** The form of a SELECT that a table can store, and its plan. */
async function toStore(
  { text, prepared }: ParsedStatement,
  values: BoundValues,
  connection: DuckDBConnection,
): Promise<{ storable: StorableSelect; plan: string }> {
  const planned = (select: string) =>
    checkedPlan(`CREATE OR REPLACE TEMP TABLE result AS\n${select}`, values, connection, refusedAsWrite);
  const plan = await planned(text);
  if (!prepared || !mayBeUnnamed(prepared)) return { storable: { select: text, unnamed: new Map() }, plan };
  const storable = await storableSelect(text, values, connection);
  return { storable, plan: storable.unnamed.size > 0 ? await planned(storable.select) : plan };
}

/**
 * Parses the one statement of `sql` and refuses it unless it only reads.
 * @param work gets the statement, whose prepared form lasts until `work` ends
 * @throws the errors of {@link withStatement}; AppError SQL_READ_ONLY for a statement that doesn't only read
 */
export function withReadStatement<T>(
  sql: string,
  values: BoundValues,
  connection: DuckDBConnection,
  work: (statement: ReadStatement) => Promise<T>,
): Promise<T> {
  return withStatement(sql, connection, refusedAsWrite, (statement) => toRead(statement, values, connection, work));
}

/**
 * Refuses a SELECT that was assembled from a user's, just before it runs.
 * @throws AppError SQL_READ_ONLY, or DuckDB's error for wrong SQL
 */
export async function refuseEffects(select: string, connection: DuckDBConnection): Promise<void> {
  await refuseActing(select, connection, refusedAsWrite);
  await checkedPlan(select, noValues, connection, refusedAsWrite);
}

/** Names and types of the columns of a statement; null if DuckDB doesn't know them before it runs. */
export function columnsOf(prepared: DuckDBPreparedStatement | null): Column[] | null {
  if (!prepared || prepared.parameterCount > 0) return null;
  return Array.from({ length: prepared.columnCount }, (_, index) => ({
    name: prepared.columnName(index),
    type: prepared.columnType(index).toString(),
  }));
}

/**
 * `EXPLAIN ANALYZE` runs the explained statement, so only a SELECT is allowed: a COPY would write its file. The checked
 * parts are assembled again, so that nothing else can run.
 */
async function checkedExplain(sql: string, values: BoundValues, connection: DuckDBConnection): Promise<string> {
  const { prefix, explained } = await splitExplain(sql, connection);
  await withStatement(explained, connection, refusedAsWrite, async ({ type, expanded }) => {
    if (type !== StatementType.SELECT) throw refusedAsWrite('Only a SELECT can be explained.');
    if (!expanded) return;
    throw sqlProblem(
      'DuckDB splits this PIVOT into several statements.',
      'Explain one that lists its columns with ON ... IN (...).',
    );
  });
  await checkedPlan(explained, values, connection, refusedAsWrite);
  await connection.run(`SET explain_output = 'physical_only'`);
  return prefix + explained;
}

function refusalOnly(error: unknown): void {
  if (error instanceof AppError) throw error;
}

function sqlProblem(message: string, action: string): AppError {
  return new AppError('SQL_ERROR', message, { action });
}
