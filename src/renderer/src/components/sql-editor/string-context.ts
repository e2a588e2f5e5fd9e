import { sqlTokens } from '../../../../contract/text/sql-text';

/** The text that can be completed inside an open string literal. */
export type StringContext =
  | { readonly kind: 'file'; readonly typed: string }
  | { readonly kind: 'value'; readonly column: string; readonly typed: string };

/** Functions whose first argument is a file, or a list of files. */
const fileReader =
  /^(?:read_(?:parquet|csv|csv_auto|json|json_auto|json_objects|json_objects_auto|ndjson|ndjson_auto|ndjson_objects|text|blob)|parquet_(?:scan|metadata|schema|file_metadata|kv_metadata)|sniff_csv|glob)$/i;
const comparison = /^(?:=|==|<>|!=)$/;

interface Token {
  readonly kind: string;
  readonly text: string;
}

/** Finds the meaning of a string literal at the end of `before`; null for none that could be completed. */
export function stringContext(before: string): StringContext | null {
  const all = [...sqlTokens(before)].map(({ kind, from, to }) => ({ kind, text: before.slice(from, to) }));
  const open = all.at(-1);
  if (open?.kind !== 'string' || !open.text.startsWith("'")) return null;
  const typed = open.text.slice(1).replaceAll("''", "'");
  const tokens = withOperators(all.slice(0, -1));
  const last = tokens.at(-1)?.text.toUpperCase();
  if (last === 'FROM' || last === 'JOIN') return { kind: 'file', typed };
  const head = withoutListed(tokens);
  if (isFileArgument(head)) return { kind: 'file', typed };
  const column = comparedColumn(tokens, head);
  return column === null ? null : { kind: 'value', column, typed };
}

/** Without space and comments, and with operators of two characters as one token. */
function withOperators(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    if (token.kind === 'space' || token.kind === 'comment') continue;
    const before = joined.at(-1);
    if (before && /^[<>!=]$/.test(before.text) && /^[>=]$/.test(token.text)) {
      joined.splice(-1, 1, { kind: 'symbol', text: before.text + token.text });
    } else joined.push(token);
  }
  return joined;
}

/** Without the elements of a list before the one that is being written: `IN ('a', ` becomes `IN (`. */
function withoutListed(tokens: readonly Token[]): readonly Token[] {
  let end = tokens.length;
  while (end >= 2 && tokens[end - 1]?.text === ',' && tokens[end - 2]?.kind === 'string') end -= 2;
  return tokens.slice(0, end);
}

function isFileArgument(tokens: readonly Token[]): boolean {
  const call = tokens.at(-1)?.text === '[' ? tokens.slice(0, -1) : tokens;
  return call.at(-1)?.text === '(' && fileReader.test(call.at(-2)?.text ?? '');
}

function comparedColumn(tokens: readonly Token[], head: readonly Token[]): string | null {
  if (comparison.test(tokens.at(-1)?.text ?? '')) return nameOf(tokens.at(-2));
  if (head.at(-1)?.text !== '(' || head.at(-2)?.text.toUpperCase() !== 'IN') return null;
  return nameOf(head.at(head.at(-3)?.text.toUpperCase() === 'NOT' ? -4 : -3));
}

function nameOf(token: Token | undefined): string | null {
  if (token?.kind === 'word') return token.text;
  return token?.kind === 'name' ? token.text.slice(1, -1).replaceAll('""', '"') : null;
}

/** Files in the order in which they are offered: there is an event file per day, and bronze_events reads them all. */
export function eventFilesLast<File extends { readonly path: string }>(files: readonly File[]): File[] {
  const isEventFile = ({ path }: File) => path.startsWith('data/events/');
  return files.toSorted((one, other) => Number(isEventFile(one)) - Number(isEventFile(other)));
}
