import { ResultReturnType, StatementType, type DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../contract/app-error';
import type { Database } from '../warehouse/database';
import { copyOut } from './copy-out';
import { isCopy } from './copy-statement';
import { bind, type BoundValues } from './parameters';
import { keepRows, readInto } from './read';
import { describeTable, type ResultTable } from './result-table';
import { notAllowed, sqlError } from './sql-error';
import { parseStatement, refuseEffects, type ParsedStatement } from './statement';

/** What a statement did that was allowed to change things. */
export interface ChangeOutcome {
  readonly kind: string;
  readonly table: ResultTable | null;
  readonly changedRows: number | null;
}

const reading = new Set([StatementType.SELECT, StatementType.EXPLAIN]);
/** Statements that change nothing but tables, views, macros and sequences. None of them can write a file. */
const changing = new Set([
  StatementType.INSERT, StatementType.UPDATE, StatementType.DELETE, StatementType.MERGE_INTO,
  StatementType.CREATE, StatementType.ALTER, StatementType.DROP, StatementType.VACUUM,
]); // prettier-ignore
/** Those of them that run a query, whose plan tells what it calls. */
const planned = new Set([StatementType.INSERT, StatementType.UPDATE, StatementType.DELETE, StatementType.MERGE_INTO]);

/** Runs a statement in a tab that allows changes: to the warehouse, and by COPY to `exports/`. */
export async function changeBy(
  sql: string,
  table: string,
  values: BoundValues,
  { connection, database, signal }: { connection: DuckDBConnection; database: Database; signal: AbortSignal },
): Promise<ChangeOutcome> {
  if (isCopy(sql)) {
    // Not prepared here: while it prepares a COPY, this DuckDB would look at the target, and may write anywhere.
    await connection.extractStatements(sql);
    return {
      kind: 'COPY',
      table: null,
      changedRows: await copyOut(sql, table, values, { connection, database, signal }),
    };
  }
  const statement = await parseStatement(sql, connection);
  const kind = StatementType[statement.type];
  if (reading.has(statement.type)) {
    return { ...(await readInto(table, sql, values, connection)), changedRows: null };
  }
  if (!changing.has(statement.type)) {
    throw notAllowed(`It is a statement of the kind ${kind}, which could reach beyond the warehouse.`);
  }
  if (!database.isAttached) {
    throw new AppError('NO_EVENTS', 'There is no warehouse to change yet.', { action: 'Refresh first.' });
  }
  if (planned.has(statement.type) || (await plansQuery(statement, connection))) {
    await refuseEffects(statement.text, values, connection).catch((error: unknown) => {
      throw sqlError(error, sql, database.folder, 1);
    });
  }
  return { kind, ...(await change(statement, table, values, connection)) };
}

/** Whether it is a CREATE TABLE ... AS; EXPLAIN of any other CREATE does nothing either. */
async function plansQuery({ type, text }: ParsedStatement, connection: DuckDBConnection): Promise<boolean> {
  if (type !== StatementType.CREATE) return false;
  return connection.extractStatements(`EXPLAIN (FORMAT json) ${text}`).then(
    () => true,
    () => false,
  );
}

async function change(
  { prepared }: ParsedStatement,
  table: string,
  values: BoundValues,
  connection: DuckDBConnection,
): Promise<Omit<ChangeOutcome, 'kind'>> {
  if (!prepared) return { table: null, changedRows: null };
  bind(prepared, values);
  const result = await prepared.run();
  const names = result.columnNames();
  if (result.returnType !== ResultReturnType.QUERY_RESULT) {
    const counts = result.returnType === ResultReturnType.CHANGED_ROWS;
    return { table: null, changedRows: counts ? result.rowsChanged : null };
  }
  // ... RETURNING
  await keepRows(result, table, connection);
  const kept = await describeTable(table, names, connection);
  return { table: kept, changedRows: kept.rows };
}
