import { rangeAt, statementsOf, type SqlRange } from './sql-text';

/*
 * The words and symbols of a statement as Trino's own grammar cuts them. It decides what may run, so whatever it doesn't
 * know is a token of its own kind and never part of another.
 */

/** A word in capitals, a quoted name, a symbol, or anything that is none of Trino's tokens. */
export interface TrinoToken {
  readonly kind: 'word' | 'name' | 'string' | 'symbol' | 'unknown';
  /** The word in capitals; other tokens as they are. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Spaces, and comments: those in slashes don't nest in Trino. An unclosed one isn't a comment. */
const skipped = /(?:[ \t\r\n]+|--[^\r\n]*|\/\*[^]*?\*\/)+/y;

const patterns = [
  ['word', /[A-Za-z_][\w@:]*/y],
  ['name', /"(?:[^"]|"")*"|`(?:[^`]|``)*`/y],
  ['string', /'(?:[^']|'')*'|\$\$[^]*?\$\$/y],
  ['symbol', /[().,;=<>+\-*/%|?[\]{}!:&^~]|\d[\w.]*/y],
] as const;

/** The tokens of a statement, without spaces and comments. */
export function trinoTokens(sql: string): TrinoToken[] {
  const tokens: TrinoToken[] = [];
  let from = endOf(skipped, sql, 0) ?? 0;
  while (from < sql.length) {
    const { kind, to } = tokenAt(sql, from);
    const text = sql.slice(from, to);
    tokens.push({ kind, text: kind === 'word' ? text.toUpperCase() : text, from, to });
    from = endOf(skipped, sql, to) ?? to;
  }
  return tokens;
}

function tokenAt(sql: string, from: number): { readonly kind: TrinoToken['kind']; readonly to: number } {
  for (const [kind, pattern] of patterns) {
    const to = endOf(pattern, sql, from);
    if (to !== null) return { kind, to };
  }
  return { kind: 'unknown', to: from + 1 };
}

function endOf(pattern: RegExp, sql: string, from: number): number | null {
  pattern.lastIndex = from;
  return pattern.test(sql) ? pattern.lastIndex : null;
}

/** Every statement of a text, in order, without its semicolon and the comments around it. */
export function trinoStatements(sql: string): SqlRange[] {
  return statementsOf(
    trinoTokens(sql).map((token) => ({ ...token, isEnd: token.kind === 'symbol' && token.text === ';' })),
  );
}

/** The statement that contains or ends at the cursor; between two, the one before, if any. */
export function trinoStatementAt(sql: string, position: number): SqlRange | null {
  return rangeAt(trinoStatements(sql), position);
}

/** Whether a text ends inside a string or a comment. */
export function endsInsideTrinoText(sql: string): boolean {
  const tokens = trinoTokens(sql);
  const isOpen = ({ kind, text, to }: TrinoToken, index: number) =>
    // A closed string would be one token, a closed comment none.
    (kind === 'unknown' && text === "'") ||
    (text === '/' && tokens[index + 1]?.text === '*' && tokens[index + 1]?.from === to);
  return tokens.some(isOpen) || /--[^\r\n]*$/.test(sql.slice(tokens.at(-1)?.to ?? 0));
}

/** Line and column of an offset, from 1. */
export function positionAt(sql: string, offset: number): { readonly line: number; readonly column: number } {
  const before = sql.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
