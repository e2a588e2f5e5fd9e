import { AppError } from '../../../contract/app-error';
import { splitStatements, sqlTokens, type SqlToken } from '../../../contract/text/sql-text';
import { notAllowed } from '../../sql/sql-error';

/** `COPY <source> TO <target> <options>`, split into its parts. */
export interface CopyStatement {
  /** The source as a query. */
  readonly source: string;
  /** The path as written, without quotes. */
  readonly target: string;
  /** The text after the path. */
  readonly options: string;
}

/** Whether `sql` is one statement that starts with COPY. */
export function isCopy(sql: string): boolean {
  const [statement, ...others] = splitStatements(sql);
  return statement !== undefined && others.length === 0 && /^COPY\b/i.test(sql.slice(statement.from, statement.to));
}

/**
 * Splits a COPY into its parts. Nothing is allowed because of the result: a wrong split fails when the parts run.
 * @param sql one statement, without trailing comments and semicolons
 * @throws AppError SQL_READ_ONLY for a COPY that reads a file, or whose target isn't a quoted path
 */
export function splitCopy(sql: string): CopyStatement {
  const tokens = [...sqlTokens(sql)].filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  const to = indexOfTo(sql, tokens);
  const start = tokens[1];
  const keyword = tokens[to];
  if (!start || !keyword) {
    throw new AppError('SQL_READ_ONLY', 'COPY can only write files here, not read them.', {
      action: "Use INSERT INTO a_table FROM 'file.csv' to read a file of the workspace into a table.",
    });
  }
  const target = tokens[to + 1];
  const next = tokens[to + 2];
  // SQL joins strings on consecutive lines, and a dot continues a name.
  const goesOn = next && (next.kind === 'string' || sql.startsWith('.', next.from));
  const path = target && !goesOn ? unquote(sql.slice(target.from, target.to)) : null;
  if (path === null || !target) throw notAllowed("Give the target as one path in single quotes: 'exports/file.csv'.");
  return {
    source: asQuery(sql.slice(start.from, keyword.from).trim()),
    target: path,
    options: sql.slice(target.to),
  };
}

function indexOfTo(sql: string, tokens: readonly SqlToken[]): number {
  let depth = 0;
  return tokens.findIndex(({ kind, from, to }) => {
    const text = sql.slice(from, to);
    if (kind === 'symbol' && text === '(') depth += 1;
    else if (kind === 'symbol' && text === ')') depth -= 1;
    return depth === 0 && kind === 'word' && text.toUpperCase() === 'TO';
  });
}

/** Null for anything but a plain quoted string: `E'...'`, `$$...$$`, a parameter, an expression. */
function unquote(text: string): string | null {
  const quoted = /^(?<quote>['"])(?<inner>[^]+)\k<quote>$/.exec(text)?.groups;
  if (!quoted?.quote || quoted.inner === undefined || quoted.inner.includes('\0')) return null;
  return quoted.inner.replaceAll(quoted.quote + quoted.quote, quoted.quote);
}

/** `(query)`, `name` or `name (columns)`. */
function asQuery(source: string): string {
  if (source.startsWith('(')) return `FROM ${source}`;
  const columns = /\(([^]*)\)$/.exec(source);
  return columns ? `SELECT ${columns[1]} FROM ${source.slice(0, columns.index)}` : `FROM ${source}`;
}
