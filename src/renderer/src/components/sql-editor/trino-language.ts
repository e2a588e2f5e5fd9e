import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { SQLDialect, sql } from '@codemirror/lang-sql';
import type { Extension } from '@codemirror/state';
import type { ClusterFunction, ClusterName } from '../../../../contract/cluster';
import { endsInsideTrinoText, trinoStatementAt } from '../../../../contract/text/trino-words';
import { printable } from '../../../../contract/text/printable';
import { startsNewName } from './new-name';
import { acceptNewLine } from './new-line';
import { pathBefore, plainTrinoName, queriesIn, tablesIn, type TrinoTable } from './trino-names';
import { trinoKeywords, trinoTypes } from './trino-keywords';

/** Completion data of a cluster: its functions, and callbacks for names. */
export interface TrinoKnowledge {
  readonly functions: readonly ClusterFunction[];
  /** Names that can follow a path and a dot. */
  readonly names: (path: readonly string[]) => Promise<readonly ClusterName[]>;
  readonly columns: (path: readonly string[]) => Promise<readonly ClusterName[]>;
}

/** Trino's dialect, with completion from the server. */
export function trinoLanguage(knowledge: TrinoKnowledge): Extension {
  const dialect = SQLDialect.define({
    keywords: trinoKeywords.join(' ').toLowerCase(),
    types: trinoTypes.join(' '),
    builtin: knowledge.functions.map(({ name }) => name).join(' '),
    operatorChars: '*+-%<>!=|/?',
    charSetCasts: false,
  });
  return [
    sql({ dialect }),
    acceptNewLine,
    autocompletion({ icons: false, override: [(context) => completeTrino(context, knowledge)] }),
  ];
}

/** The completions at a cursor; null for none. */
export async function completeTrino(
  context: CompletionContext,
  knowledge: TrinoKnowledge,
): Promise<CompletionResult | null> {
  const text = context.state.doc.toString();
  const statement = trinoStatementAt(text, context.pos);
  const before = text.slice(Math.min(statement?.from ?? 0, context.pos), context.pos);
  if (endsInsideTrinoText(before)) return null;
  const { path, typed, from } = pathBefore(before);
  if (path.length === 0 && typed === '' && !context.explicit) return null;
  if (!context.explicit && startsNewName(before.slice(0, before.length - typed.length))) return null;
  // Without the name that is being typed, which may look like one of a table.
  const others = before.slice(0, from) + text.slice(context.pos, Math.max(statement?.to ?? 0, context.pos));
  const options = path.length > 0 ? await afterPath(path, others, knowledge) : await freely(others, knowledge);
  // A user who runs the text has left the editor: the list would cover the result.
  if (context.aborted || context.view?.hasFocus === false || options.length === 0) return null;
  const closed = typed.startsWith('"') && context.state.sliceDoc(context.pos, context.pos + 1) === '"';
  return {
    from: context.pos - typed.length,
    options: closed ? options.map(withoutLastQuote) : options,
    validFor: /^[\w"]*$/,
  };
}

/** Columns of the tables in use first, then other names, functions and keywords. */
async function freely(statement: string, knowledge: TrinoKnowledge): Promise<Completion[]> {
  const tables = tablesIn(statement);
  const [names, ...columns] = await Promise.all([
    knowledge.names([]).catch(() => []),
    ...tables.map((table) => columnsOf(table, knowledge)),
  ]);
  return unique([
    ...columns.flat(),
    ...queriesIn(statement).map((name): Completion => ({ ...written(name), detail: 'WITH query', boost: 8 })),
    ...names.map((name) => optionOf(name)),
    ...knowledge.functions.map(({ name, signatures, description }): Completion => ({
      label: name,
      detail: signatures[0] ?? 'function',
      ...(description !== null && { info: printable(description) }),
    })),
    ...trinoKeywords.map((label): Completion => ({ label, detail: 'keyword', boost: -1 })),
  ]);
}

/** After a dot: columns of a table, or the names in a catalog or schema. */
async function afterPath(path: readonly string[], statement: string, knowledge: TrinoKnowledge): Promise<Completion[]> {
  const tables = tablesIn(statement).filter((table) => isMeant(table, path));
  const [names, ...columns] = await Promise.all([
    path.length < 3 ? knowledge.names(path).catch(() => []) : [],
    ...tables.map((table) => columnsOf(table, knowledge)),
  ]);
  return unique([...columns.flat(), ...names.map((name) => optionOf(name))]);
}

/** Whether a path in front of a column means this table. */
function isMeant({ path, alias }: TrinoTable, given: readonly string[]): boolean {
  if (alias !== null) return given.length === 1 && given[0] === alias;
  return given.join('.') === path.slice(-given.length).join('.');
}

async function columnsOf({ path }: TrinoTable, { columns }: TrinoKnowledge): Promise<Completion[]> {
  const found = await columns(path).catch(() => []);
  return found.map((column) => optionOf(column, path.at(-1)));
}

const boosts: Readonly<Record<ClusterName['kind'], number>> = { column: 10, table: 5, schema: 2, catalog: 1 };

function optionOf({ name, kind, type }: ClusterName, table?: string): Completion {
  const of = table === undefined ? '' : ` · ${printable(table)}`;
  return { ...written(name), detail: type === null ? kind : `${printable(type)}${of}`, boost: boosts[kind] };
}

function written(name: string): { label: string; apply: string } {
  const text = plainTrinoName(name);
  return { label: printable(text), apply: text };
}

function unique(options: readonly Completion[]): Completion[] {
  const byLabel = new Map<string, Completion>();
  for (const option of options) if (!byLabel.has(option.label)) byLabel.set(option.label, option);
  return [...byLabel.values()];
}

function withoutLastQuote(option: Completion): Completion {
  const text = typeof option.apply === 'string' ? option.apply : option.label;
  return { ...option, apply: text.replace(/"$/, '') };
}
