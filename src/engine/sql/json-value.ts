import { quoteText } from './quote';

/** Types whose values can hold a NaN or an infinity, for which JSON has no number. */
const notOnlyJson = /FLOAT|DOUBLE|JSON/;

const string = String.raw`"(?:[^"\\]|\\.)*"`;
const infinity = '(?i:inf(?:inity)?)';
/** The text before the first `nan`, and before the first infinity, outside strings. */
const beforeNan = String.raw`((?:[^"nNiI-]|-[0-9]|null|-?${infinity}|${string})*)(?i:nan)`;
const beforeInfinity = String.raw`((?:[^"iI-]|-[0-9]|${string})*)(-?)${infinity}`;

/**
 * A value as JSON. NaN and infinities, which DuckDB writes although JSON has no such numbers, become the texts `nan`,
 * `inf` and `-inf`, as in the cells of a grid.
 */
export function jsonSql(column: string, type: string): string {
  const json = `to_json(${column})`;
  if (!notOnlyJson.test(type)) return json;
  const text = `CAST(${json} AS VARCHAR)`;
  const quoted = replaced(
    replaced(text, beforeNan, String.raw`\1"nan"`, 'nan'),
    beforeInfinity,
    String.raw`\1"\2inf"`,
    'inf',
  );
  return `CASE WHEN regexp_matches(${text}, '(?i)nan|inf') THEN CAST(${quoted} AS JSON) ELSE ${json} END`;
}

/**
 * Replaces every match of a pattern. Each match must start where the previous one ended, or it could start inside a
 * string; one more match is therefore added at the end and removed again.
 */
function replaced(text: string, pattern: string, by: string, word: string): string {
  const all = `regexp_replace(${text} || '${word}', ${quoteText(pattern)}, ${quoteText(by)}, 'g')`;
  return `left(${all}, -${word.length + 2})`;
}
