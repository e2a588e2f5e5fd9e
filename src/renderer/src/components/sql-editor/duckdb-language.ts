import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { SQLDialect, sql } from '@codemirror/lang-sql';
import type { Extension } from '@codemirror/state';
import {
  maxCompletedText,
  type SqlFunction,
  type SqlTable,
  type SqlWords,
  type Suggestion,
} from '../../../../contract/language';
import type { SourceFile } from '../../../../contract/sources';
import { endsInsideText, statementAt } from '../../../../contract/text/sql-text';
import { printable } from '../../../../contract/text/printable';
import { plainSqlName } from '../../format/sql-name';
import { acceptNewLine } from './new-line';
import { startsNewName } from './new-name';
import { signatureHelp } from './signature-help';
import { eventFilesLast, stringContext, type StringContext } from './string-context';

/** Completion data: known names, and callbacks for more. */
export interface SqlKnowledge {
  readonly words: SqlWords;
  /** Temporary ones first: a name that another table has as well means the temporary one. */
  readonly tables: readonly SqlTable[];
  /** Files that SQL can read. */
  readonly files: readonly SourceFile[];
  readonly complete: (text: string) => Promise<readonly Suggestion[]>;
  readonly jsonKeys: (column: string) => Promise<readonly string[]>;
  /** The most frequent values of a column. */
  readonly values: (table: SqlTable, column: string) => Promise<readonly string[]>;
}

/** Matches the text before a cursor inside the path of a JSON arrow: `properties->>'`, `properties->'$.`. */
const jsonPath = /"?(?<column>\w+)"?\s*->>?\s*'(?<path>(?:\$\.)?)(?<key>\w*)$/;
const word = /[\w"]*$/;

/** DuckDB's dialect, completion and signature help. */
export function duckdbLanguage(knowledge: SqlKnowledge): Extension {
  const { keywords, types, functions } = knowledge.words;
  const dialect = SQLDialect.define({
    keywords: keywords.join(' ').toLowerCase(),
    types: types.join(' '),
    builtin: functions.map(({ name }) => name).join(' '),
    doubleDollarQuotedStrings: true,
    operatorChars: '*+-%<>!=&|^/~?:@',
    charSetCasts: false,
  });
  const byName = new Map(functions.map((known) => [known.name, known]));
  return [
    sql({ dialect }),
    acceptNewLine,
    // Its icons are glyphs that many systems have no font for.
    autocompletion({ icons: false, override: [(context) => complete(context, knowledge, byName)] }),
    signatureHelp(byName),
  ];
}

async function complete(
  context: CompletionContext,
  knowledge: SqlKnowledge,
  functions: ReadonlyMap<string, SqlFunction>,
): Promise<CompletionResult | null> {
  const before = context.state.sliceDoc(Math.max(0, context.pos - maxCompletedText), context.pos);
  const json = jsonPath.exec(before)?.groups;
  if (json) return completeKey(context, knowledge, json.column ?? '', json.key ?? '');
  const statement = statementAt(context.state.doc.toString(), context.pos);
  // Inside strings, names of files and values of columns; nothing else, and nothing inside comments.
  const inside = stringContext(context.state.sliceDoc(Math.min(statement?.from ?? 0, context.pos), context.pos));
  if (inside) {
    const whole = context.state.sliceDoc(statement?.from ?? 0, statement?.to ?? context.pos);
    return completeString(context, knowledge, inside, whole);
  }
  if (endsInsideText(context.state.sliceDoc(Math.min(statement?.from ?? 0, context.pos), context.pos))) return null;
  const typed = word.exec(before)?.[0] ?? '';
  // No completion inside parameter names.
  if (before.at(-typed.length - 1) === '$') return null;
  const afterDot = before.slice(0, before.length - typed.length).endsWith('.');
  if (typed === '' && !afterDot && !context.explicit) return null;
  const written = context.state.sliceDoc(Math.min(statement?.from ?? 0, context.pos), context.pos - typed.length);
  if (!context.explicit && startsNewName(written)) return null;
  const text = context.state.sliceDoc(Math.max(statement?.from ?? 0, context.pos - maxCompletedText), context.pos);
  const whole = context.state.sliceDoc(statement?.from ?? 0, statement?.to ?? context.pos);
  const suggestions = await knowledge.complete(text).catch(() => []);
  // A user who runs the text has left the editor: the list would cover the result.
  if (context.aborted || context.view?.hasFocus === false) return null;
  const options = join(suggestions, whole, knowledge, functions);
  // The editor closes a quote that is opened.
  const closed = typed.startsWith('"') && context.state.sliceDoc(context.pos, context.pos + 1) === '"';
  const fitting = closed ? options.map(withoutLastQuote) : options;
  return { from: context.pos - typed.length, options: fitting, validFor: /^[\w"]*$/ };
}

async function completeKey(
  context: CompletionContext,
  { jsonKeys }: SqlKnowledge,
  column: string,
  key: string,
): Promise<CompletionResult | null> {
  const keys = await jsonKeys(column).catch(() => []);
  if (keys.length === 0) return null;
  const closed = context.state.sliceDoc(context.pos, context.pos + 1) === "'";
  return {
    from: context.pos - key.length,
    options: keys.map((label) => ({ label, detail: 'JSON key', apply: closed ? label : `${label}'` })),
    validFor: /^\w*$/,
  };
}

const mostOptions = 200;

/** Files, or the most frequent values of a column. The list is asked for again with each letter. */
async function completeString(
  context: CompletionContext,
  { files, tables, values }: SqlKnowledge,
  inside: StringContext,
  statement: string,
): Promise<CompletionResult | null> {
  const wanted = inside.typed.toLowerCase();
  // A path isn't always what stands for its file: readers take patterns.
  let found = eventFilesLast(files).map(({ path, sql: literal }) => ({ text: path, literal }));
  if (inside.kind === 'value') {
    const column = inside.column.toLowerCase();
    const table = tables.find((known) => isNamedIn(statement, known.name) && columnOf(known, column) !== undefined);
    if (!table) return null;
    const frequent = await values(table, columnOf(table, column)?.name ?? '').catch(() => []);
    found = frequent.map((text) => ({ text, literal: `'${text.replaceAll("'", "''")}'` }));
  }
  if (context.aborted) return null;
  const closed = context.state.sliceDoc(context.pos, context.pos + 1) === "'";
  const options = found
    .filter(({ text }) => text.toLowerCase().includes(wanted) && text.length <= longestOption)
    // Those that begin with it first; otherwise in their own order.
    .toSorted((one, other) => Number(startsWith(other.text, wanted)) - Number(startsWith(one.text, wanted)))
    .slice(0, mostOptions)
    .map(({ text, literal }) => {
      const detail = inside.kind === 'file' ? 'file' : inside.column;
      return { label: printable(text), detail, apply: literal.slice(1, closed ? -1 : undefined) };
    });
  const written = inside.typed.replaceAll("'", "''").length;
  return options.length === 0 ? null : { from: context.pos - written, options, filter: false };
}

const startsWith = (text: string, lower: string): boolean => text.toLowerCase().startsWith(lower);

/** Longer values are no words to choose from. */
const longestOption = 200;

const columnOf = (table: SqlTable, lowerName: string) =>
  table.columns.find(({ name }) => name.toLowerCase() === lowerName);

const isNamedIn = (statement: string, name: string): boolean =>
  new RegExp(`(?<!\\w)${name.replace(/\W/g, '\\$&')}(?!\\w)`, 'i').test(statement);

function withoutLastQuote(option: Completion): Completion {
  const text = typeof option.apply === 'string' ? option.apply : option.label;
  return { ...option, apply: text.replace(/"$/, '') };
}

/** DuckDB's suggestions with column types and function signatures, and columns of the tables in use. */
function join(
  suggestions: readonly Suggestion[],
  statement: string,
  { tables, words }: SqlKnowledge,
  functions: ReadonlyMap<string, SqlFunction>,
): Completion[] {
  const reserved = new Set(words.reserved);
  const named = (name: string) => {
    const written = plainSqlName(name, reserved);
    return { label: printable(written), apply: written };
  };
  const options = new Map<string, Completion>();
  const add = (option: Completion) => {
    const known = options.get(option.label);
    if (!known || (known.boost ?? 0) < (option.boost ?? 0)) options.set(option.label, option);
  };
  for (const { text, kind } of suggestions) {
    const label = text.trim();
    if (label !== '')
      add({ label, detail: functions.get(label)?.signatures[0] ?? kind.replaceAll('_', ' '), boost: 0 });
  }
  for (const { name, columns } of tables) {
    add({ ...named(name), detail: 'table', type: 'type', boost: 5 });
    if (!isNamedIn(statement, name)) continue;
    for (const { name: column, type } of columns)
      add({ ...named(column), detail: `${printable(type)} · ${printable(name)}`, boost: 10 });
  }
  return [...options.values()];
}
