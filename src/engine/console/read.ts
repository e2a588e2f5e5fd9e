import { StatementType, type DuckDBConnection, type DuckDBResult } from '@duckdb/node-api';
import type { Column } from '../../contract/warehouse';
import { quoteIdentifier } from '../warehouse/sql-text';
import { beginReadOnly, offerHead, type HeadOptions } from './head';
import { bind, usedIn, type BoundValues } from './parameters';
import { describeTable, type ResultTable } from './result-table';
import { sqlError } from './sql-error';
import { columnsOf, readStatement, type ParsedStatement, type ReadStatement } from './statement';

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
 * @param head for those who want to see the first rows while the rest is on its way
 * @param transaction another where changes are allowed: `nextval` writes although it stands in a SELECT
 */
export async function readInto(
  table: string,
  sql: string,
  values: BoundValues,
  connection: DuckDBConnection,
  head: HeadOptions | null = null,
  transaction: Transaction = beginReadOnly,
): Promise<ReadOutcome> {
  const { kind, names, unnamed } = await within(transaction, connection, async () => {
    const read = await readStatement(sql, values, connection);
    try {
      const columns = columnsOf(read.prepared);
      if (read.storable === null) await appendInto(table, read, values, connection);
      else {
        if (head) await showHead(read, columns, connection, head);
        await embed(sql, read.storable.select, table, values, connection);
      }
      return {
        kind: StatementType[read.type],
        names: columns?.map(({ name }) => name) ?? null,
        unnamed: read.storable?.unnamed,
      };
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

async function showHead(
  { embeddable, plan }: ReadStatement,
  columns: readonly Column[] | null,
  connection: DuckDBConnection,
  head: HeadOptions,
): Promise<void> {
  if (embeddable === null || plan === null || !columns) return;
  await offerHead({ embeddable, plan, columns }, connection, head);
}

async function embed(
  sql: string,
  select: string,
  table: string,
  bound: BoundValues,
  connection: DuckDBConnection,
): Promise<void> {
  const { values, types } = usedIn(select, bound);
  try {
    await connection.run(`CREATE TEMP TABLE ${quoteIdentifier(table)} AS\n${select}`, values, types);
  } catch (error) {
    throw sqlError(error, sql, '', 1);
  }
}

async function appendInto(
  table: string,
  { prepared }: ParsedStatement,
  values: BoundValues,
  connection: DuckDBConnection,
): Promise<void> {
  if (!prepared) return;
  bind(prepared, values);
  await keepRows(await prepared.run(), table, connection);
}

/** Moves the rows of a result into a temporary table, batch by batch. */
export async function keepRows(result: DuckDBResult, table: string, connection: DuckDBConnection): Promise<void> {
  const columns = result.columnTypes().map((type, index) => `${quoteIdentifier(`column${index}`)} ${type.toString()}`);
  await connection.run(`CREATE TEMP TABLE ${quoteIdentifier(table)} (${columns.join(', ')})`);
  const appender = await connection.createAppender(table, 'main', 'temp');
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
