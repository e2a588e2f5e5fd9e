import { sqlTokens, splitStatements } from '../../contract/sql-text';
import { readingPragmas } from './known-functions';

/**
 * Statements that DuckDB may be given to parse and bind: it does nothing for them before they are run. For others it
 * does: EXPORT makes its folder and COPY looks at its target while it is prepared, IMPORT and some pragmas read and run files while they are parsed.
 */
const bindable: ReadonlySet<string> = new Set([
  'SELECT', 'FROM', 'WITH', 'VALUES', 'TABLE', 'DESCRIBE', 'DESC', 'SHOW', 'SUMMARIZE', 'PIVOT', 'PIVOT_WIDER',
  'UNPIVOT', 'PIVOT_LONGER', 'EXPLAIN', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'MERGE', 'CREATE', 'ALTER',
  'COMMENT', 'DROP', 'VACUUM', 'ANALYZE',
]); // prettier-ignore

/** Statements of these kinds are refused by their first word alone. */
const acting: ReadonlySet<string> = new Set([
  'EXPORT', 'IMPORT', 'ATTACH', 'DETACH', 'LOAD', 'INSTALL', 'FORCE', 'SET', 'RESET', 'USE', 'CALL', 'CHECKPOINT',
  'PREPARE', 'EXECUTE', 'DEALLOCATE', 'BEGIN', 'START', 'COMMIT', 'ROLLBACK', 'ABORT', 'END', 'PRAGMA', 'COPY',
]); // prettier-ignore

/** What a statement is by its first words, before DuckDB has seen it. */
export interface StatementKind {
  /** The first word, in capitals; empty where the statement begins with a bracket. */
  readonly keyword: string;
  /**
   * - `bindable`: DuckDB may parse and bind it;
   * - `acting`: it is to be refused unseen;
   * - `unknown`: DuckDB may parse it, so that it names the mistake; what it then understands is to be refused.
   */
  readonly safety: 'bindable' | 'acting' | 'unknown';
}

/** Tells the kind of the first statement of `sql`. */
export function kindOfStatement(sql: string): StatementKind {
  const [first = '', second = '', third = ''] = leadingTokens(sql, 3);
  const keyword = /^\w+$/.test(first) ? first.toUpperCase() : '';
  if (first === '(') return { keyword, safety: 'bindable' };
  if (keyword === 'PRAGMA' && readingPragmas.has(second.toLowerCase()) && third !== '=') {
    return { keyword, safety: 'bindable' };
  }
  if (keyword === 'UPDATE' && second.toUpperCase() === 'EXTENSIONS') return { keyword, safety: 'acting' };
  if (bindable.has(keyword)) return { keyword, safety: 'bindable' };
  return { keyword, safety: acting.has(keyword) ? 'acting' : 'unknown' };
}

/** How many statements there are by our own reading. */
export function countStatements(sql: string): number {
  return splitStatements(sql).length;
}

/** The first tokens that are neither space nor comment. */
export function leadingTokens(sql: string, count: number): string[] {
  const found: string[] = [];
  for (const { kind, from, to } of sqlTokens(sql)) {
    if (kind === 'space' || kind === 'comment') continue;
    if (found.length === 0 && sql.slice(from, to) === ';') continue;
    if (found.push(sql.slice(from, to)) === count) break;
  }
  return found;
}
