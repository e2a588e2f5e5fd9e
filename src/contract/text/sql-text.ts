/*
 * Splits SQL into tokens and statements, for the editor and the warehouse process: DuckDB counts the statements of a
 * text but does not locate them. Never used to decide whether SQL is permitted.
 */

export interface SqlToken {
  readonly kind: 'space' | 'comment' | 'string' | 'name' | 'parameter' | 'word' | 'symbol';
  readonly from: number;
  readonly to: number;
}

/** A statement without its semicolon and the comments around it. */
export interface SqlRange {
  readonly from: number;
  readonly to: number;
}

const tokenPattern =
  /(?<space>\s+)|(?<comment>--[^\n\r]*|\/\*)|(?<string>[eE]'(?:[^'\\]|\\[^]|'')*'?|'[^']*(?:''[^']*)*'?|\$(?<tag>(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?)\$)|(?<name>"[^"]*(?:""[^"]*)*"?)|(?<parameter>\$[\w\u0080-\uffff]+|\?)|(?<word>[\w\u0080-\uffff][\w$\u0080-\uffff]*)|[^]/y;

/** The tokens of `sql` in order, without gaps. An unclosed token runs to the end. */
export function* sqlTokens(sql: string): Generator<SqlToken, void, void> {
  const pattern = new RegExp(tokenPattern);
  let from = 0;
  while (from < sql.length) {
    pattern.lastIndex = from;
    const match = pattern.exec(sql);
    if (!match) return;
    const to = endOf(sql, match);
    yield { kind: kindOf(match.groups ?? {}), from, to };
    from = to;
  }
}

/** A token that is part of a statement, thus no space or comment, or the semicolon that ends one. */
interface StatementPart extends SqlRange {
  readonly isEnd: boolean;
}

/** Every statement of `sql`, in order. */
export function splitStatements(sql: string): SqlRange[] {
  return statementsOf(
    [...sqlTokens(sql)]
      .filter(({ kind }) => kind !== 'space' && kind !== 'comment')
      .map((token) => ({ ...token, isEnd: isSemicolon(sql, token) })),
  );
}

/** The statements that tokens make, in order, whichever grammar has cut them. */
export function statementsOf(parts: readonly StatementPart[]): SqlRange[] {
  const statements: SqlRange[] = [];
  let start: number | null = null;
  let end = 0;
  for (const { from, to, isEnd } of parts) {
    if (isEnd) {
      if (start !== null) statements.push({ from: start, to: end });
      start = null;
    } else {
      start ??= from;
      end = to;
    }
  }
  if (start !== null) statements.push({ from: start, to: end });
  return statements;
}

/** The statement that contains or ends at the cursor; between two, the one before, if any. */
export function statementAt(sql: string, position: number): SqlRange | null {
  return rangeAt(splitStatements(sql), position);
}

/** As {@link statementAt}, of statements that are known. */
export function rangeAt(statements: readonly SqlRange[], position: number): SqlRange | null {
  return statements.findLast(({ from }) => from <= position) ?? statements.at(0) ?? null;
}

/**
 * Appends a statement to a text, as one of its own: a statement before it gets the semicolon that it lacks.
 * @returns the new text, and where the statement is in it
 */
export function withStatement(before: string, sql: string): { text: string; added: SqlRange } {
  const last = splitStatements(before).at(-1);
  const rest = last ? before.slice(last.to) : '';
  const isClosed = last === undefined || [...sqlTokens(rest)].some((token) => isSemicolon(rest, token));
  const closed = isClosed ? before : `${before.slice(0, last.to)};${rest}`;
  const head = closed.trim() === '' ? '' : `${closed.trimEnd()}\n\n`;
  return { text: head + sql, added: { from: head.length, to: head.length + sql.length } };
}

const isSemicolon = (sql: string, { kind, from }: SqlToken): boolean => kind === 'symbol' && sql[from] === ';';

/**
 * Names of the `$name` parameters, each once, in order of first use. Those written `?` are named by number, as in
 * DuckDB.
 */
export function parameterNames(sql: string): string[] {
  const names = new Set<string>();
  let unnamed = 0;
  for (const { kind, from, to } of sqlTokens(sql)) {
    if (kind === 'parameter') names.add(sql[from] === '?' ? String((unnamed += 1)) : sql.slice(from + 1, to));
  }
  return [...names];
}

/** Whether `sql` ends inside a string or a comment. */
export function endsInsideText(sql: string): boolean {
  // Append a letter to find out: it joins an open string or comment, and becomes a separate token after a closed one.
  const last = [...sqlTokens(`${sql}x`)].at(-1);
  return last !== undefined && (last.kind === 'string' || last.kind === 'comment') && last.from < sql.length;
}

function kindOf(groups: Record<string, string | undefined>): SqlToken['kind'] {
  for (const kind of ['space', 'comment', 'string', 'name', 'parameter', 'word'] as const) {
    if (groups[kind] !== undefined) return kind;
  }
  return 'symbol';
}

function endOf(sql: string, match: RegExpExecArray): number {
  const end = match.index + match[0].length;
  if (match[0] === '/*') return endOfComment(sql, end);
  const tag = match.groups?.tag;
  if (tag === undefined) return end;
  const closing = sql.indexOf(match[0], end);
  return closing === -1 ? sql.length : closing + match[0].length;
}

/** Comments nest in DuckDB. */
function endOfComment(sql: string, from: number): number {
  const bracket = /\/\*|\*\//g;
  bracket.lastIndex = from;
  let depth = 1;
  for (let match = bracket.exec(sql); match; match = bracket.exec(sql)) {
    depth += match[0] === '/*' ? 1 : -1;
    if (depth === 0) return bracket.lastIndex;
  }
  return sql.length;
}
