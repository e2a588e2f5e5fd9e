import { splitStatements, sqlTokens } from '../../contract/text/sql-text';

/** The SQL with every character of a comment replaced by a space, which keeps all positions. */
export function withoutComments(sql: string): string {
  let text = '';
  for (const { kind, from, to } of sqlTokens(sql)) {
    text += kind === 'comment' ? sql.slice(from, to).replaceAll(/[^\n]/g, ' ') : sql.slice(from, to);
  }
  return text;
}

/** Whether there is nothing to run: only white space, comments and semicolons. */
export function isBlank(sql: string): boolean {
  return splitStatements(sql).length === 0;
}

/**
 * The SQL without the semicolons and comments after its last statement, so that it can be embedded in another. The text
 * before them is unchanged, so positions in error messages stay valid.
 */
export function withoutEnd(sql: string): string {
  return sql.slice(0, splitStatements(sql).at(-1)?.to ?? 0);
}

/** The tokens of the SQL, without comments and with one space between them: texts that agree in this compute the same. */
export function codeOf(sql: string): string {
  const tokens = [...sqlTokens(sql)].filter(({ kind }) => kind !== 'comment' && kind !== 'space');
  return tokens.map(({ from, to }) => sql.slice(from, to)).join(' ');
}
