import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlTokens } from '../../contract/text/sql-text';
import { parses } from '../sql/prepared';
import { withoutComments } from '../sql/sql-comments';

/** EXPLAIN with its options, and the explained statement. */
export interface SplitExplain {
  readonly prefix: string;
  readonly explained: string;
}

/**
 * Splits `EXPLAIN [ANALYZE] [(options)] statement`. A parenthesis may start the statement itself, as in `EXPLAIN
 * (SELECT 1) UNION ALL (SELECT 2)`: it does exactly if the whole rest is a statement.
 */
export async function splitExplain(sql: string, connection: DuckDBConnection): Promise<SplitExplain> {
  const text = withoutComments(sql);
  const [prefix = ''] = /^[\s;]*EXPLAIN\b\s*(?:ANALYZE\b\s*)?/i.exec(text) ?? [];
  const rest = text.slice(prefix.length);
  const end = endOfBrackets(rest);
  const hasOptions = end !== null && !(await parses(rest, connection));
  const split = prefix.length + (hasOptions ? end : 0);
  return { prefix: text.slice(0, split), explained: text.slice(split) };
}

/** The end of the parentheses at the start of `sql`; null if there are none. */
function endOfBrackets(sql: string): number | null {
  if (!sql.startsWith('(')) return null;
  let depth = 0;
  for (const { kind, from, to } of sqlTokens(sql)) {
    if (kind !== 'symbol') continue;
    if (sql[from] === '(') depth += 1;
    if (sql[from] === ')') depth -= 1;
    if (depth === 0) return to;
  }
  return null;
}
