import { withDefaults, type ModelParameter } from '../../models/model-parameters';
import { castProblem, divisionProblem } from './arithmetic';
import { differentFunctions, duckDbWords, equalFunctions, equalUnits, wordsBeforeParenthesis } from './known-functions';
import { codeTokens, isSymbol, isWord, type CodeToken } from './reader';

/** Something in a model's SQL that Trino doesn't read, or may compute differently. */
export interface PortabilityProblem {
  /** Line of the file, from 1. */
  readonly line: number;
  /** A clause: `GROUP BY ALL names its columns only in DuckDB; write GROUP BY 1, 2`. */
  readonly reason: string;
}

/** Finds the problem that starts at one token; null if there is none. */
type Rule = (tokens: readonly CodeToken[], index: number) => string | null;

const rules: readonly Rule[] = [
  allColumns,
  words,
  filter,
  bareFrom,
  functions,
  castProblem,
  divisionProblem,
  symbols,
  texts,
];

/**
 * The reasons why `sql` may not give the same rows in DuckDB and in Trino, in order; none if it is portable. It looks at
 * words, not at the types of columns, and refuses what it doesn't know.
 */
export function portabilityProblems(sql: string, parameters: readonly ModelParameter[] = []): PortabilityProblem[] {
  const tokens = codeTokens(withDefaults(sql, parameters));
  return tokens.flatMap(({ line }, index) =>
    rules.flatMap((rule) => {
      const reason = rule(tokens, index);
      return reason === null ? [] : { line, reason };
    }),
  );
}

/** The SQL of a model or check as it runs on Trino, or why it can't. */
export type TrinoText =
  | { readonly portable: true; readonly sql: string }
  | { readonly portable: false; readonly problems: readonly PortabilityProblem[] };

/** The text for Trino: the one beside the file, or the file's own if it is portable. */
export function trinoTextOf(model: {
  readonly sql: string;
  readonly trinoSql: string | null;
  readonly parameters?: readonly ModelParameter[];
}): TrinoText {
  const { sql, trinoSql, parameters = [] } = model;
  if (trinoSql !== null) return { portable: true, sql: withDefaults(trinoSql, parameters) };
  const problems = portabilityProblems(sql, parameters);
  return problems.length === 0 ? { portable: true, sql: withDefaults(sql, parameters) } : { portable: false, problems };
}

function allColumns(tokens: readonly CodeToken[], index: number): string | null {
  if (!isWord(tokens[index], 'ALL') || !isWord(tokens[index - 1], 'BY')) return null;
  const clause = tokens[index - 2]?.text ?? '';
  return `${clause} BY ALL exists only in DuckDB; name the columns or their numbers`;
}

function words(tokens: readonly CodeToken[], index: number): string | null {
  const token = tokens[index];
  if (token?.kind !== 'word' || isSymbol(tokens[index - 1], '.')) return null;
  if (token.text === 'REPLACE' && isSymbol(tokens[index - 1], '*')) return "* REPLACE doesn't exist in Trino";
  if (token.text === 'ON' && isWord(tokens[index - 1], 'DISTINCT')) return "DISTINCT ON doesn't exist in Trino";
  if (token.text === 'INTERVAL') return 'a DATE plus an INTERVAL is a TIMESTAMP in DuckDB and a DATE in Trino';
  const name = duckDbWords.get(token.text);
  // A column may have such a name, before or after a comma for instance.
  return name === undefined || isPlainName(tokens, index)
    ? null
    : `${name} doesn't exist in Trino or means another thing`;
}

/** Whether a word stands where only the name of a column can: `SELECT sample, offset FROM ...`. */
function isPlainName(tokens: readonly CodeToken[], index: number): boolean {
  const before = tokens[index - 1];
  const after = tokens[index + 1];
  const starts = isWord(before, 'SELECT', 'AS', 'BY') || isSymbol(before, ',', '(');
  return starts && (isWord(after, 'FROM', 'AS') || isSymbol(after, ',', ')'));
}

function filter(tokens: readonly CodeToken[], index: number): string | null {
  const found =
    isWord(tokens[index], 'FILTER') && isSymbol(tokens[index + 1], '(') && !isWord(tokens[index + 2], 'WHERE');
  return found ? 'FILTER needs WHERE in Trino: FILTER (WHERE ...)' : null;
}

function bareFrom(tokens: readonly CodeToken[], index: number): string | null {
  if (!isWord(tokens[index], 'FROM')) return null;
  const before = tokens[index - 1];
  const starts =
    before === undefined || isSymbol(before, '(', ')') || isWord(before, 'UNION', 'ALL', 'EXCEPT', 'INTERSECT');
  // After a closing parenthesis FROM belongs to a SELECT, unless that closes the list of WITH.
  const closes = isSymbol(before, ')') && !endsWith(tokens, index - 1);
  return starts && !closes ? 'FROM without SELECT exists only in DuckDB' : null;
}

/** Whether the parenthesis that closes at `close` is the query of a WITH: `WITH x AS (...) FROM x`. */
function endsWith(tokens: readonly CodeToken[], close: number): boolean {
  let depth = 0;
  for (let index = close; index >= 0; index -= 1) {
    if (isSymbol(tokens[index], ')')) depth += 1;
    if (isSymbol(tokens[index], '(')) depth -= 1;
    if (depth === 0)
      return isWord(tokens[index - 1], 'AS', 'MATERIALIZED') && isWord(tokens[index + 1], 'SELECT', 'WITH', 'FROM');
  }
  return false;
}

function functions(tokens: readonly CodeToken[], index: number): string | null {
  const token = tokens[index];
  if (!token || !isSymbol(tokens[index + 1], '(') || (token.kind !== 'word' && token.kind !== 'name')) return null;
  const name = token.kind === 'name' ? token.text.slice(1, -1).toUpperCase() : token.text;
  if (token.kind === 'word' && wordsBeforeParenthesis.has(name)) return null;
  // The type of a cast, which has a rule of its own.
  if (isWord(tokens[index - 1], 'AS')) return null;
  const difference = differentFunctions.get(name);
  if (difference !== undefined) return difference;
  if (!equalFunctions.has(name)) return `${token.text.toLowerCase()}() may differ or not exist in Trino`;
  return unitProblem(tokens, index, name);
}

/** The problem with the unit of date_trunc or EXTRACT. */
function unitProblem(tokens: readonly CodeToken[], index: number, name: string): string | null {
  if (name !== 'DATE_TRUNC' && name !== 'EXTRACT') return null;
  const unit = tokens[index + 2]?.text.replaceAll("'", '').toUpperCase() ?? '';
  return equalUnits.has(unit) ? null : `${name.toLowerCase()} of ${unit.toLowerCase()} may differ in Trino`;
}

const plainSymbols = new Set(['(', ')', ',', '.', ';', '+', '-', '*', '/', '%', '<', '>', '=']);

function symbols(tokens: readonly CodeToken[], index: number): string | null {
  const token = tokens[index];
  if (token?.kind !== 'symbol') return null;
  const next = (text: string) => isSymbol(tokens[index + 1], text) && tokens[index + 1]?.from === token.from + 1;
  const last = (text: string) => isSymbol(tokens[index - 1], text) && tokens[index - 1]?.from === token.from - 1;
  if (token.text === '-' && next('>')) return '-> reads JSON or starts a lambda in DuckDB, and another thing in Trino';
  if (token.text === '=' && (next('=') || next('>')))
    return `=${tokens[index + 1]?.text ?? ''} isn't an operator of both engines`;
  if (token.text === '/' && next('/')) return '// divides integers only in DuckDB';
  if (token.text === '*' && next('*')) return '** exists only in DuckDB';
  if ((token.text === '<' && next('<')) || (token.text === '>' && next('>')))
    return 'shifts of bits exist only in DuckDB';
  if (plainSymbols.has(token.text)) return null;
  if (token.text === '!' && next('=')) return null;
  if (token.text === '|' && (next('|') || last('|'))) return null;
  if (token.text === ':')
    return next(':') ? ':: casts only in DuckDB; write CAST(... AS ...)' : last(':') ? null : ': exists only in DuckDB';
  if (token.text === '[')
    return '[ ] makes lists in DuckDB; Trino writes ARRAY[...], and its lists have other functions';
  if (token.text === '{') return '{ } makes structs only in DuckDB';
  return token.text === ']' || token.text === '}' ? null : `${token.text} isn't an operator of both engines`;
}

function texts(tokens: readonly CodeToken[], index: number): string | null {
  const token = tokens[index];
  if (token?.kind === 'parameter') return `${token.text} has no value in the header`;
  if (token?.kind !== 'string') return null;
  return token.text.startsWith("'") ? null : "e'...' and $$...$$ are texts only in DuckDB";
}
