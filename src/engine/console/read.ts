import { StatementType, type DuckDBConnection, type DuckDBResult } from '@duckdb/node-api';
import { quoteIdentifier } from '../warehouse/sql-text';
import { bind, usedIn, type BoundValues } from './parameters';
import { describeTable, type ResultTable } from './result-table';
import { sqlError } from './sql-error';
import { columnNamesOf, readStatement, type ParsedStatement } from './statement';

/** What a reading statement yielded. */
export interface ReadOutcome {
  readonly kind: string;
  readonly table: ResultTable;
}

/**
 * In a READ ONLY transaction DuckDB itself refuses every write but those to temporary tables, whatever the SQL says.
 * The rows go straight into the table where the grammar allows it, else through memory (SHOW, EXPLAIN, ...: few rows).
 */
export async function readInto(
  table: string,
  sql: string,
  values: BoundValues,
  connection: DuckDBConnection,
): Promise<ReadOutcome> {
  await connection.run('BEGIN TRANSACTION READ ONLY');
  try {
    const statement = await readStatement(sql, values, connection).catch((error: unknown) => {
      throw sqlError(error, sql, '');
    });
    if (statement.embeddable === null) await appendInto(table, statement, values, connection);
    else await embed(sql, statement.embeddable, table, values, connection);
    await connection.run('COMMIT');
    return {
      kind: StatementType[statement.type],
      table: await describeTable(table, columnNamesOf(statement.prepared), connection),
    };
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function embed(
  sql: string,
  embeddable: string,
  table: string,
  bound: BoundValues,
  connection: DuckDBConnection,
): Promise<void> {
  const { values, types } = usedIn(embeddable, bound);
  try {
    await connection.run(`CREATE TEMP TABLE ${quoteIdentifier(table)} AS\n${embeddable}`, values, types);
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
