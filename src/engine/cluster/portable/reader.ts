import { sqlTokens } from '../../../contract/text/sql-text';

/** A token that takes part in the meaning of a statement. */
export interface CodeToken {
  readonly kind: 'string' | 'name' | 'word' | 'symbol' | 'parameter';
  /** As written; a word in capitals. */
  readonly text: string;
  /** Where it starts. */
  readonly from: number;
  /** Its line, from 1. */
  readonly line: number;
}

/** The tokens of `sql` without white space and comments. A symbol is one character. */
export function codeTokens(sql: string): CodeToken[] {
  const tokens: CodeToken[] = [];
  let line = 1;
  for (const { kind, from, to } of sqlTokens(sql)) {
    const text = sql.slice(from, to);
    if (kind !== 'space' && kind !== 'comment') {
      tokens.push({ kind, text: kind === 'word' ? text.toUpperCase() : text, from, line });
    }
    line += text.split('\n').length - 1;
  }
  return tokens;
}

/** Index of the parenthesis that closes the one at `open`; the end if none does. */
export function closingOf(tokens: readonly CodeToken[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    if (isSymbol(tokens[index], '(')) depth += 1;
    if (isSymbol(tokens[index], ')')) depth -= 1;
    if (depth === 0) return index;
  }
  return tokens.length;
}

/** Index of the parenthesis that opens the one closed at `close`; -1 if none does. */
export function openingOf(tokens: readonly CodeToken[], close: number): number {
  let depth = 0;
  for (let index = close; index >= 0; index -= 1) {
    if (isSymbol(tokens[index], ')')) depth += 1;
    if (isSymbol(tokens[index], '(')) depth -= 1;
    if (depth === 0) return index;
  }
  return -1;
}

export function isSymbol(token: CodeToken | undefined, ...texts: readonly string[]): boolean {
  return token?.kind === 'symbol' && texts.includes(token.text);
}

export function isWord(token: CodeToken | undefined, ...texts: readonly string[]): boolean {
  return token?.kind === 'word' && texts.includes(token.text);
}
