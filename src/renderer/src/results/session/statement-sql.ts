import { splitStatements, sqlTokens } from '../../../../contract/text/sql-text';

const queries = new Set([
  'SELECT',
  'WITH',
  'FROM',
  'VALUES',
  'TABLE',
  'PIVOT',
  'PIVOT_WIDER',
  'UNPIVOT',
  'PIVOT_LONGER',
]);
const descriptions = new Set(['SHOW', 'DESCRIBE', 'DESC', 'SUMMARIZE']);

/**
 * A statement as it can stand in brackets inside another: without semicolon and comments around it.
 * @returns null for a statement that has rows and can't stand there, such as EXPLAIN or INSERT ... RETURNING
 */
export function embeddable(statement: string): string | null {
  const [range] = splitStatements(statement);
  if (!range) return null;
  const text = statement.slice(range.from, range.to);
  const word = firstWord(text);
  if (queries.has(word)) return text;
  return descriptions.has(word) ? `SELECT * FROM (${text})` : null;
}

function firstWord(sql: string): string {
  for (const { kind, from, to } of sqlTokens(sql)) {
    if (kind === 'word') return sql.slice(from, to).toUpperCase();
  }
  return '';
}

/**
 * SQL over `result`, as the warehouse process gives it, with the statement that `result` stands for.
 * @param statement an {@link embeddable} one
 */
export function overStatement(statement: string, sql: string): string {
  const body = `WITH result AS (\n${statement}\n)`;
  return sql.startsWith('WITH ') ? `${body}, ${sql.slice('WITH '.length)}` : `${body}\n${sql}`;
}
