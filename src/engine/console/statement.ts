import { StatementType, type DuckDBConnection, type DuckDBPreparedStatement } from '@duckdb/node-api';
import { AppError } from '../../contract/app-error';
import type { Column } from '../../contract/warehouse';
import { isBlank, withoutComments, withoutEnd } from './sql-comments';
import { readOnly } from './sql-error';

/** One statement that DuckDB has parsed, and bound where that is possible before it runs. */
export interface ReadStatement {
  /** DuckDB's statement type, e.g. SELECT. */
  readonly kind: string;
  /** As `CREATE TABLE ... AS` can embed it; null where DuckDB's grammar does not allow that (SHOW, EXPLAIN, ...). */
  readonly embeddable: string | null;
  /** Null for a PIVOT whose columns depend on the data: DuckDB makes two statements of it. */
  readonly prepared: DuckDBPreparedStatement | null;
}

/**
 * Parses the one statement of `sql` and refuses what does not read.
 * This is for good messages; that nothing is written is ensured by the read-only transaction that it runs in.
 * @throws DuckDB's own error for wrong SQL; AppError SQL_ERROR for none or several statements, SQL_READ_ONLY
 */
export async function readStatement(sql: string, connection: DuckDBConnection): Promise<ReadStatement> {
  // DuckDB's parser fails without a message on text that holds nothing but white space and comments.
  if (isBlank(sql))
    throw sqlProblem('There is no statement to run.', 'Write one, such as FROM silver_events LIMIT 10.');
  const statements = await connection.extractStatements(sql);
  const text = withoutEnd(sql);
  if (statements.count > 1) {
    if (!(await parses(`FROM (\n${text}\n)`, connection))) {
      throw sqlProblem(`These are ${statements.count} statements.`, 'Run them one at a time.');
    }
    return { kind: 'SELECT', embeddable: text, prepared: null };
  }
  const prepared = await statements.prepare(0);
  const { statementType } = prepared;
  if (statementType === StatementType.EXPLAIN) await checkExplained(text, connection);
  else if (statementType !== StatementType.SELECT) {
    throw readOnly(`It is a statement of the kind ${StatementType[statementType]}.`);
  }
  const embeds = await parses(`CREATE TEMP TABLE result AS\n${text}`, connection);
  return { kind: StatementType[statementType], embeddable: embeds ? text : null, prepared };
}

/** Names and types of the columns that a statement will yield. */
export function columnsOf(prepared: DuckDBPreparedStatement): Column[] {
  return Array.from({ length: prepared.columnCount }, (_, index) => ({
    name: prepared.columnName(index),
    type: prepared.columnType(index).toString(),
  }));
}

/** `EXPLAIN ANALYZE` runs what it explains: only a SELECT may stand there, or a COPY would write its file. */
async function checkExplained(sql: string, connection: DuckDBConnection): Promise<void> {
  const explained = withoutComments(sql).replace(/^\s*EXPLAIN\s+(ANALYZE\s+)?(\([^)]*\)\s*(?=\w))?/i, '');
  const inner = await (await connection.extractStatements(explained)).prepare(0);
  if (inner.statementType !== StatementType.SELECT) throw readOnly('Only a SELECT can be explained.');
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
