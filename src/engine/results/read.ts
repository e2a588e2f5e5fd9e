import { StatementType, type DuckDBConnection, type DuckDBResult } from '@duckdb/node-api';
import type { Column } from '../../contract/column-type';
import { quoteIdentifier } from '../sql/quote';
import { beginReadOnly, offerFirstRows, type FirstRowsOptions } from './first-rows';
import { bind, usedIn, type BoundValues } from '../sql/parameters';
import { describeTable, storedName, storedNames, tableColumns, type ResultTable } from './result-table';
import { sqlError } from '../sql/sql-error';
import { columnsOf, readStatement, type ParsedStatement, type ReadStatement } from '../statements/statement';

/** What a reading statement yielded. */
export interface ReadOutcome {
  readonly kind: string;
  readonly table: ResultTable;
}

/** A transaction in which DuckDB refuses every write but those to temporary tables, or one that may take from sequences. */
type Transaction = typeof beginReadOnly | typeof beginChanging;
export const beginChanging = 'BEGIN TRANSACTION';

/**
 * In a READ ONLY transaction DuckDB itself refuses every write but those to temporary tables, whatever the SQL says.
 * The rows go straight into the table where the grammar allows it, else through memory (SHOW, EXPLAIN, ...: few rows).
 * @param firstRows for those who want to see the first rows while the rest is on its way
 * @param transaction another where changes are allowed: `nextval` writes although it stands in a SELECT
 */
export async function readInto(
  table: string,
  sql: string,
  values: BoundValues,
  connection: DuckDBConnection,
  firstRows: FirstRowsOptions | null = null,
  transaction: Transaction = beginReadOnly,
): Promise<ReadOutcome> {
  const { kind, names, unnamed } = await within(transaction, connection, async () => {
    const read = await readStatement(sql, values, connection);
    try {
      const columns = columnsOf(read.prepared);
      if (firstRows) await showFirstRows(read, columns, connection, firstRows);
      const known = columns?.map(({ name }) => name) ?? null;
      const given =
        read.storable === null
          ? await appendInto(table, read, values, connection)
          : await embed(
              { sql, select: read.storable.select, names: known, prepared: read.prepared },
              table,
              values,
              connection,
            );
      return { kind: StatementType[read.type], names: given, unnamed: read.storable?.unnamed };
    } finally {
      read.prepared?.destroySync();
    }
  });
  return { kind, table: await describeTable(table, names, connection, unnamed) };
}

/** Works in a transaction in which nothing but temporary tables can be written. */
export function readOnly<T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<T> {
  return within(beginReadOnly, connection, work);
}

/** Works in a transaction that is taken back where the work fails. */
export async function within<T>(
  transaction: Transaction,
  connection: DuckDBConnection,
  work: () => Promise<T>,
): Promise<T> {
  await connection.run(transaction);
  try {
    const outcome = await work();
    await connection.run('COMMIT');
    return outcome;
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function showFirstRows(
  { embeddable, plan }: ReadStatement,
  columns: readonly Column[] | null,
  connection: DuckDBConnection,
  firstRows: FirstRowsOptions,
): Promise<void> {
  if (embeddable === null || plan === null || !columns) return;
  await offerFirstRows({ embeddable, plan, columns }, connection, firstRows);
}

interface Embedded {
  readonly sql: string;
  /** What the table is made of. */
  readonly select: string;
  /** Null where DuckDB can't tell them before the statement runs. */
  readonly names: readonly string[] | null;
  readonly prepared: ParsedStatement['prepared'];
}

/**
 * Creates the table of a result.
 * @returns the names of its columns as the statement gave them
 */
async function embed(
  { sql, select, names, prepared }: Embedded,
  table: string,
  bound: BoundValues,
  connection: DuckDBConnection,
): Promise<readonly string[]> {
  const { values, types } = usedIn(select, bound);
  const create = (target: string) => `CREATE TEMP TABLE ${target} AS\n${select}`;
  const target = (count: number) => `${quoteIdentifier(table)}${storedNames(count)}`;
  try {
    if (!names && !prepared) return await pivotInto(table, create, connection);
    // Values of parameters decide types, hence columns: without a row, they cost next to nothing.
    const known = names ?? (await connection.run(`FROM (\n${select}\n) LIMIT 0`, values, types)).columnNames();
    await connection.run(create(target(known.length)), values, types);
    return known;
  } catch (error) {
    throw sqlError(error, sql, '', 1);
  }
}

/**
 * Keeps the rows of a PIVOT whose columns depend on the data. They may be others each time that it runs, so it runs
 * once, under the names that DuckDB gives, and its few rows are copied.
 */
async function pivotInto(
  table: string,
  create: (target: string) => string,
  connection: DuckDBConnection,
): Promise<readonly string[]> {
  const pivoted = `${table}_pivoted`;
  await connection.run(create(quoteIdentifier(pivoted)));
  const columns = await tableColumns(pivoted, connection);
  const target = `${quoteIdentifier(table)}${storedNames(columns.length)}`;
  await connection.run(`CREATE TEMP TABLE ${target} AS FROM temp.${quoteIdentifier(pivoted)}`);
  await connection.run(`DROP TABLE temp.${quoteIdentifier(pivoted)}`);
  return columns.map(({ name }) => name);
}

async function appendInto(
  table: string,
  { prepared }: ParsedStatement,
  values: BoundValues,
  connection: DuckDBConnection,
): Promise<readonly string[]> {
  if (!prepared) return [];
  bind(prepared, values);
  const result = await prepared.run();
  await keepRows(result, table, connection);
  return result.columnNames();
}

/** Moves the rows of a result into a temporary table, batch by batch. */
export async function keepRows(result: DuckDBResult, table: string, connection: DuckDBConnection): Promise<void> {
  const columns = result.columnTypes().map((type, index) => `${storedName(index)} ${type.toString()}`);
  await connection.run(`CREATE TEMP TABLE ${quoteIdentifier(table)} (${columns.join(', ')})`);
  const appender = await connection.createAppender(table, 'main', 'temp');
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
