import type { Engine } from '../../../../contract/warehouse';
import { sqlTokens } from '../../../../contract/text/sql-text';

/** Keywords that start a clause. They need quotes as names, so changing their case never changes a meaning. */
const clauseWords = new Set(
  (
    'all and any as asc between by case cast create cross delete desc distinct drop else end except exists from full ' +
    'group having in inner insert intersect into is join limit natural not null offset on or order outer over ' +
    'partition qualify select set then union unnest update using values when where window with'
  ).split(' '),
);

const dollar: '$'[] = ['$'];

/** Parameters as DuckDB writes them: `$name`, `$1`, `?`; Trino only has the last. */
const paramTypes = {
  local: { named: dollar, numbered: dollar, positional: true },
  cluster: { positional: true },
};

/**
 * Formats SQL by the rules of DuckDB, or of Trino for the cluster. The formatter is loaded on first use.
 * @throws if it can't parse the SQL, or would change more than white space and the case of keywords
 */
export async function formatSql(text: string, on: Engine = 'local'): Promise<string> {
  const { formatDialect, duckdb, trino } = await import('sql-formatter');
  const dialect = on === 'cluster' ? trino : duckdb;
  const formatted = formatDialect(text, { dialect, tabWidth: 2, paramTypes: paramTypes[on] });
  if (meaningOf(formatted).join('\n') !== meaningOf(text).join('\n')) {
    throw new Error('The formatter does not understand this SQL: it would change it.');
  }
  return withUpperCaseClauses(formatted);
}

/** The tokens of SQL as DuckDB reads them: without white space, multi-character operators as one token. */
function meaningOf(sql: string): string[] {
  const tokens: string[] = [];
  let end = 0;
  for (const { kind, from, to } of sqlTokens(sql)) {
    const token = sql.slice(from, to);
    if (kind === 'space') continue;
    const touches = from === end && tokens.length > 0;
    end = to;
    const before = tokens.at(-1) ?? '';
    if (kind === 'comment') tokens.push(token.replace(/\s+/g, ' ').trim());
    else if (touches && (goesOn(before, token) || before.endsWith('.') || token === '.')) {
      tokens.splice(-1, 1, before + token);
    } else tokens.push(token);
  }
  return tokens;
}

/**
 * Whether two adjacent characters form one operator. A trailing plus or minus belongs to the next token, unless the
 * operator has a character that no standard one has (the rule of PostgreSQL's lexer, which DuckDB uses).
 */
function goesOn(operator: string, next: string): boolean {
  if (!/^[*+\-%<>!=&|^/~?:@#]+$/.test(operator) || !/^[*+\-%<>!=&|^/~?:@#]$/.test(next)) return false;
  return !/[+-]/.test(next) || /[~!@#%^&|?]/.test(operator);
}

/** After AS or a dot, every word is a name. */
function withUpperCaseClauses(sql: string): string {
  const tokens = [...sqlTokens(sql)].filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  let result = '';
  let copied = 0;
  for (const [index, { kind, from, to }] of tokens.entries()) {
    const word = sql.slice(from, to).toLowerCase();
    if (kind !== 'word' || !clauseWords.has(word)) continue;
    const before = tokens[index - 1];
    const previous = before ? sql.slice(before.from, before.to).toLowerCase() : '';
    if (previous === 'as' || previous === '.') continue;
    result += sql.slice(copied, from) + word.toUpperCase();
    copied = to;
  }
  return result + sql.slice(copied);
}
