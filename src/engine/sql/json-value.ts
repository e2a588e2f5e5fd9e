import { quoteText } from './quote';

/** Types whose values can hold a NaN or an infinity, for which JSON has no number. */
const notOnlyJson = /FLOAT|DOUBLE|JSON/;

const string = String.raw`"(?:[^"\\]|\\.)*"`;
const infinity = '(?i:inf(?:inity)?)';
/** What stands before the first `nan`, and before the first infinity, that is not inside a string. */
const beforeNan = String.raw`((?:[^"nNiI-]|-[0-9]|null|-?${infinity}|${string})*)(?i:nan)`;
const beforeInfinity = String.raw`((?:[^"iI-]|-[0-9]|${string})*)(-?)${infinity}`;

/**
 * A value as JSON. NaN and the infinities, which DuckDB writes as they are although JSON knows no such numbers, become
 * the texts `nan`, `inf` and `-inf`, as the cells of a grid show them.
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
 * Replaces every match of a pattern, each of which must begin where the one before ended, or it could begin inside of
 * a string: one more at the end, taken away again, sees to that.
 */
function replaced(text: string, pattern: string, by: string, word: string): string {
  const all = `regexp_replace(${text} || '${word}', ${quoteText(pattern)}, ${quoteText(by)}, 'g')`;
  return `left(${all}, -${word.length + 2})`;
}
