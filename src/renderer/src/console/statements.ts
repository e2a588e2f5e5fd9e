import { splitStatements, statementAt, type SqlRange } from '../../../contract/text/sql-text';
import { trinoStatementAt, trinoStatements } from '../../../contract/text/trino-words';
import type { Engine } from '../../../contract/warehouse';

/** Every statement of a text, as the engine that runs it divides it. */
export function statementsOf(on: Engine, sql: string): SqlRange[] {
  return on === 'cluster' ? trinoStatements(sql) : splitStatements(sql);
}

/** The statement that contains or ends at the cursor; between two, the one before, if any. */
export function statementOn(on: Engine, sql: string, position: number): SqlRange | null {
  if (on === 'local') return statementAt(sql, position);
  return trinoStatementAt(sql, position);
}
