import { trinoTokens, type TrinoToken } from '../../../../contract/text/trino-words';
import { trinoReserved } from './trino-keywords';

/** A table that a statement reads; names are without quotes, in lower case, as Trino compares them. */
export interface TrinoTable {
  /** Catalog, schema and name, or the last ones of them. */
  readonly path: readonly string[];
  readonly alias: string | null;
}

const part = String.raw`(?:"(?:[^"]|"")+"|[A-Za-z_]\w*)`;
const pathPattern = new RegExp(String.raw`(?<path>(?:${part}\.)*)(?<typed>"?\w*)$`);
const partPattern = new RegExp(part, 'g');

/** The dotted path before a cursor, the word that is being typed after it, and where both begin. */
export function pathBefore(text: string): { readonly path: string[]; readonly typed: string; readonly from: number } {
  const { path = '', typed = '' } = pathPattern.exec(text)?.groups ?? {};
  const from = text.length - path.length - typed.length;
  return { path: [...path.matchAll(partPattern)].map(([name]) => nameOf(name)), typed, from };
}

/** A name in Trino SQL, quoted only where it has to be. Trino ignores the case of names, quoted or not. */
export function plainTrinoName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !trinoReserved.has(name.toUpperCase())
    ? name
    : `"${name.replaceAll('"', '""')}"`;
}

/** The tables after FROM, JOIN and the commas between them. */
export function tablesIn(statement: string): TrinoTable[] {
  const tokens = trinoTokens(statement);
  const tables: TrinoTable[] = [];
  let expected = false;
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (isWord(token, 'FROM') || isWord(token, 'JOIN')) {
      expected = true;
      continue;
    }
    if (!expected || !isName(token)) {
      expected = false;
      continue;
    }
    const path = [nameOf(token.text)];
    while (isSymbol(tokens[index + 1], '.') && isName(tokens[index + 2])) {
      path.push(nameOf(tokens[index + 2]?.text ?? ''));
      index += 2;
    }
    // A function, not a table.
    if (isSymbol(tokens[index + 1], '(')) {
      expected = false;
      continue;
    }
    if (isWord(tokens[index + 1], 'AS')) index += 1;
    const alias = tokens[index + 1];
    if (isName(alias)) {
      tables.push({ path, alias: nameOf(alias.text) });
      index += 1;
    } else tables.push({ path, alias: null });
    expected = isSymbol(tokens[index + 1], ',');
    if (expected) index += 1;
  }
  return tables;
}

/** The names of the queries of a WITH clause. */
export function queriesIn(statement: string): string[] {
  const tokens = trinoTokens(statement);
  return tokens.flatMap((token, index) =>
    isName(token) && isWord(tokens[index + 1], 'AS') && isSymbol(tokens[index + 2], '(') ? [nameOf(token.text)] : [],
  );
}

/** Words that a table's alias can't be, although Trino allows them as names. */
const clauseWords = new Set([
  'LIMIT',
  'OFFSET',
  'FETCH',
  'TABLESAMPLE',
  'WINDOW',
  'LATERAL',
  'MATCH_RECOGNIZE',
  'LEFT',
]);

function isName(token: TrinoToken | undefined): token is TrinoToken {
  if (token?.kind === 'name') return true;
  return token?.kind === 'word' && !trinoReserved.has(token.text) && !clauseWords.has(token.text);
}

const isWord = (token: TrinoToken | undefined, text: string) => token?.kind === 'word' && token.text === text;
const isSymbol = (token: TrinoToken | undefined, text: string) => token?.kind === 'symbol' && token.text === text;

function nameOf(text: string): string {
  const name = /^["`]/.test(text) ? text.slice(1, -1).replaceAll('""', '"') : text;
  return name.toLowerCase();
}
