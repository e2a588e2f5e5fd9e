import { StatementType, type DuckDBConnection, type DuckDBResult } from '@duckdb/node-api';
import type { Column } from '../../contract/column-type';
import { quoteIdentifier } from '../sql/quote';
import { beginReadOnly, offerFirstRows, type FirstRowsOptions } from './first-rows';
import { bind, usedIn, type BoundValues } from '../sql/parameters';
import { describeTable, storedName, storedNames, tableColumns, type ResultTable } from './result-table';
import { sqlError } from '../sql/sql-error';
import { columnsOf, withReadStatement, type ParsedStatement, type ReadStatement } from '../statements/statement';

/** The result of a read-only statement. */
export interface ReadOutcome {
  readonly kind: string;
  readonly table: ResultTable;
}

/** A transaction in which DuckDB refuses all writes except to temporary tables, or one that may use sequences. */
type Transaction = typeof beginReadOnly | typeof beginChanging;
export const beginChanging = 'BEGIN TRANSACTION';

/**
 * Runs a statement and stores its rows in a table. In a READ ONLY transaction DuckDB itself refuses all writes except
 * to temporary tables, whatever the SQL says. The rows go straight into the table if the grammar allows it, otherwise
 * through memory (SHOW, EXPLAIN, ...: few rows).
 * @param firstRows for callers that want the first rows early
 * @param transaction another one if changes are allowed: `nextval` writes although it is part of a SELECT
 */
export async function readInto(
  table: string,
  sql: string,
  values: BoundValues,
  connection: DuckDBConnection,
  firstRows: FirstRowsOptions | null = null,
  transaction: Transaction = beginReadOnly,
): Promise<ReadOutcome> {
  const { kind, names, unnamed } = await within(transaction, connection, () =>
    withReadStatement(sql, values, connection, async (read) => {
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
    }),
  );
  return { kind, table: await describeTable(table, names, connection, unnamed) };
}

/** Runs `work` in a transaction in which only temporary tables can be written. */
export function readOnly<T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<T> {
  return within(beginReadOnly, connection, work);
}

/** Runs `work` in a transaction that is rolled back if it fails. */
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
  /** The source of the table. */
  readonly select: string;
  /** Null if DuckDB doesn't know them before the statement runs. */
  readonly names: readonly string[] | null;
  readonly prepared: ParsedStatement['prepared'];
}

/**
 * Creates the table of a result.
 * @returns the names of its columns as in the statement
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
    // Parameter values determine types and thus columns; without rows this costs almost nothing.
    const known = names ?? (await connection.run(`FROM (\n${select}\n) LIMIT 0`, values, types)).columnNames();
    await connection.run(create(target(known.length)), values, types);
    return known;
  } catch (error) {
    throw sqlError(error, sql, '', 1);
  }
}

/**
 * Stores the rows of a PIVOT whose columns depend on the data. They may differ on each run, so it runs once, with
 * DuckDB's own names, and its few rows are copied.
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

/** Moves the rows of a result into a temporary table, in batches. */
export async function keepRows(result: DuckDBResult, table: string, connection: DuckDBConnection): Promise<void> {
  const columns = result.columnTypes().map((type, index) => `${storedName(index)} ${type.toString()}`);
  await connection.run(`CREATE TEMP TABLE ${quoteIdentifier(table)} (${columns.join(', ')})`);
  const appender = await connection.createAppender(table, 'main', 'temp');
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
