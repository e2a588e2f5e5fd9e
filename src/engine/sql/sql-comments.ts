import { splitStatements, sqlTokens } from '../../contract/sql-text';

/** The SQL with every character of a comment replaced by a space, so that all else stays where it is. */
export function withoutComments(sql: string): string {
  let text = '';
  for (const { kind, from, to } of sqlTokens(sql)) {
    text += kind === 'comment' ? sql.slice(from, to).replaceAll(/[^\n]/g, ' ') : sql.slice(from, to);
  }
  return text;
}

/** Whether there is nothing to run: white space, comments and semicolons only. */
export function isBlank(sql: string): boolean {
  return splitStatements(sql).length === 0;
}

/**
 * The SQL without the semicolons and comments behind its last statement, so that it can be embedded in another.
 * What stands before is not touched: positions in error messages stay true.
 */
export function withoutEnd(sql: string): string {
  return sql.slice(0, splitStatements(sql).at(-1)?.to ?? 0);
}
