import { ResultReturnType, StatementType, type DuckDBConnection, type DuckDBResult } from '@duckdb/node-api';
import { AppError } from '../../contract/app-error';
import type { Database } from '../database/database';
import { checkedPlan } from '../statements/checked-plan';
import { copyOut } from './copy/copy-out';
import { isCopy } from './copy/copy-statement';
import { refuseSecrets, refuseSplitOnRecords, refuseUnusableCatalog } from './guarded-objects';
import { bind, type BoundValues } from '../sql/parameters';
import { extractStatements, parses, type ExtractedStatements } from '../sql/prepared';
import { beginChanging, keepRows, readInto, within } from '../results/read';
import { describeTable, type ResultTable } from '../results/result-table';
import { notAllowed, sqlError } from '../sql/sql-error';
import { withStatement, type ParsedStatement } from '../statements/statement';

/** The outcome of a statement that was allowed to change things. */
export interface ChangeOutcome {
  readonly kind: string;
  readonly table: ResultTable | null;
  readonly changedRows: number | null;
}

/** Everything that a statement needs to run. */
interface ChangeContext {
  readonly connection: DuckDBConnection;
  readonly database: Database;
  readonly signal: AbortSignal;
}

const reading = new Set([StatementType.SELECT, StatementType.EXPLAIN]);
/** Statements that change only tables, views, macros and sequences. None of them can write a file. */
const changing = new Set([
  StatementType.INSERT, StatementType.UPDATE, StatementType.DELETE, StatementType.MERGE_INTO,
  StatementType.CREATE, StatementType.ALTER, StatementType.DROP, StatementType.VACUUM,
]); // prettier-ignore
/** Those that change the catalog. */
const defining = new Set([StatementType.CREATE, StatementType.ALTER, StatementType.DROP]);
/** Those that run a query, whose plan shows the functions that it calls. */
const planned = new Set([StatementType.INSERT, StatementType.UPDATE, StatementType.DELETE, StatementType.MERGE_INTO]);

/** Runs a statement in a tab that allows changes to the warehouse and, by COPY, to `exports/`. */
export async function changeBy(
  sql: string,
  table: string,
  values: BoundValues,
  context: ChangeContext,
): Promise<ChangeOutcome> {
  const { connection, database } = context;
  if (isCopy(sql)) {
    // Not prepared here: this DuckDB would access the target while it prepares a COPY, and it could write anywhere.
    await extractStatements(sql, connection);
    return { kind: 'COPY', table: null, changedRows: await copyOut(sql, table, values, context) };
  }
  refuseSecrets(sql, notAllowed);
  return withStatement(sql, connection, notAllowed, async (statement) => {
    const kind = StatementType[statement.type];
    if (reading.has(statement.type)) {
      return { ...(await readInto(table, sql, values, connection, null, beginChanging)), changedRows: null };
    }
    if (!changing.has(statement.type)) {
      throw notAllowed(`Statements of the type ${kind} can affect more than the warehouse.`);
    }
    if (!database.isAttached) {
      throw new AppError('NO_EVENTS', "There's no warehouse to change yet.", { action: 'Refresh first.' });
    }
    return { kind, ...(await change(statement, sql, table, values, context)) };
  });
}

type Changed = Omit<ChangeOutcome, 'kind'>;
const unchanged: Changed = { table: null, changedRows: null };

/** Checked in the transaction that it runs in, so that both see the same views and macros. */
async function change(
  statement: ParsedStatement,
  sql: string,
  table: string,
  values: BoundValues,
  { connection, database }: ChangeContext,
): Promise<Changed> {
  const { type, text, prepared, expanded } = statement;
  // DuckDB wraps the statements into which it splits one in a transaction; the text has been checked.
  if (!prepared) {
    refuseSplitOnRecords(text, notAllowed);
    return expanded ? runExpanded(expanded) : unchanged;
  }
  if (type === StatementType.VACUUM) return outcomeOf(await prepared.run(), table, connection);
  return within(beginChanging, connection, async () => {
    if (planned.has(type) || (await plansQuery(statement, connection))) {
      await checkedPlan(text, values, connection, notAllowed).catch((error: unknown) => {
        throw sqlError(error, sql, database.folder);
      });
    }
    bind(prepared, values);
    const outcome = await outcomeOf(await prepared.run(), table, connection);
    if (defining.has(type)) await refuseUnusableCatalog(connection, notAllowed);
    return outcome;
  });
}

/** Whether it is a CREATE TABLE ... AS; EXPLAIN of any other CREATE does nothing either. */
async function plansQuery({ type, text }: ParsedStatement, connection: DuckDBConnection): Promise<boolean> {
  if (type !== StatementType.CREATE) return false;
  return parses(`EXPLAIN (FORMAT json) ${text}`, connection);
}

/** Runs the statements into which DuckDB splits one, such as `CREATE TABLE ... AS PIVOT ...`, in order. */
async function runExpanded(expanded: ExtractedStatements): Promise<Changed> {
  let changedRows: number | null = null;
  for (let index = 0; index < expanded.count; index += 1) {
    const result = await expanded.withPrepared(index, (prepared) => prepared.run());
    if (result.returnType === ResultReturnType.CHANGED_ROWS) changedRows = result.rowsChanged;
  }
  return { table: null, changedRows };
}

async function outcomeOf(result: DuckDBResult, table: string, connection: DuckDBConnection): Promise<Changed> {
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
