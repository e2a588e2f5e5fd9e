import { sqlTokens, splitStatements } from '../../contract/text/sql-text';
import { readingPragmas } from './known-functions';

/**
 * Statements that DuckDB may parse and bind, because they have no effect before they run. Others do: EXPORT creates its
 * folder and COPY accesses its target when prepared; IMPORT and some pragmas read and run files when parsed.
 */
const bindable: ReadonlySet<string> = new Set([
  'SELECT', 'FROM', 'WITH', 'VALUES', 'TABLE', 'DESCRIBE', 'DESC', 'SHOW', 'SUMMARIZE', 'PIVOT', 'PIVOT_WIDER',
  'UNPIVOT', 'PIVOT_LONGER', 'EXPLAIN', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'MERGE', 'CREATE', 'ALTER',
  'COMMENT', 'DROP', 'VACUUM', 'ANALYZE',
]); // prettier-ignore

/** Statements that are refused by their first word alone. */
const acting: ReadonlySet<string> = new Set([
  'EXPORT', 'IMPORT', 'ATTACH', 'DETACH', 'LOAD', 'INSTALL', 'FORCE', 'SET', 'RESET', 'USE', 'CALL', 'CHECKPOINT',
  'PREPARE', 'EXECUTE', 'DEALLOCATE', 'BEGIN', 'START', 'COMMIT', 'ROLLBACK', 'ABORT', 'END', 'PRAGMA', 'COPY',
]); // prettier-ignore

/** The kind of a statement by its first words, before DuckDB gets it. */
export interface StatementKind {
  /** The first word, in capitals; empty if the statement starts with a parenthesis. */
  readonly keyword: string;
  /**
   * - `bindable`: DuckDB may parse and bind it;
   * - `acting`: it is refused without DuckDB;
   * - `unknown`: DuckDB may parse it, to report the mistake; if it is valid, it is refused.
   */
  readonly safety: 'bindable' | 'acting' | 'unknown';
}

/** The kind of the first statement in `sql`. */
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

/** Number of statements according to our own tokenizer. */
export function countStatements(sql: string): number {
  return splitStatements(sql).length;
}

/** The first tokens that aren't white space or comments. */
export function leadingTokens(sql: string, count: number): string[] {
  const found: string[] = [];
  for (const { kind, from, to } of sqlTokens(sql)) {
    if (kind === 'space' || kind === 'comment') continue;
    if (found.length === 0 && sql.slice(from, to) === ';') continue;
    if (found.push(sql.slice(from, to)) === count) break;
  }
  return found;
}
