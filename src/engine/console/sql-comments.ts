/** Strings, quoted names and comments of DuckDB's SQL: where a `;`, `--` or keyword means nothing. */
const opaque = /\be'(?:[^'\\]|\\[^]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[^]*?\$\1\$|--[^\n]*|\/\*[^]*?\*\//gi;

/** The SQL with every comment replaced by a space; strings stay as they are. */
export function withoutComments(sql: string): string {
  return sql.replaceAll(opaque, (token) => (token.startsWith('--') || token.startsWith('/*') ? ' ' : token));
}

/** Whether there is nothing to run: white space, comments and semicolons only. */
export function isBlank(sql: string): boolean {
  return /^[\s;]*$/.test(withoutComments(sql));
}

/**
 * The SQL without the semicolons and comments behind its last statement, so that it can be embedded in another.
 * What stands before is not touched: positions in error messages stay true.
 */
export function withoutEnd(sql: string): string {
  let end = 0;
  let copied = 0;
  for (const { 0: token, index } of sql.matchAll(opaque)) {
    end = lastMeaningful(sql.slice(copied, index), copied) ?? end;
    copied = index + token.length;
    if (!token.startsWith('--') && !token.startsWith('/*')) end = copied;
  }
  end = lastMeaningful(sql.slice(copied), copied) ?? end;
  return sql.slice(0, end);
}

/** Position after the last character of `text` that is neither white space nor a semicolon, counted from `offset`. */
function lastMeaningful(text: string, offset: number): number | null {
  const length = text.replace(/[\s;]+$/, '').length;
  return length > 0 ? offset + length : null;
}
