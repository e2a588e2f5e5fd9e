import path from 'node:path';

/**
 * Text as a SQL string literal. The parser ends at a NUL, so text with one becomes an expression, in parentheses.
 */
export function quoteText(text: string): string {
  const parts = text.split('\0').map((part) => `'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? parts.join('') : `(${parts.join(' || chr(0) || ')})`;
}

/** A name as a quoted SQL identifier. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * The path of one file as a SQL string literal for DuckDB's readers (`read_parquet`, `parquet_metadata`, `glob`). They
 * take patterns, so a bracket or an asterisk in a folder's name must be told from one that stands for other names.
 */
export function quotePath(file: string): string {
  return quoteText(escapeGlob(file));
}

/** A path in which no character has a meaning in DuckDB's patterns. */
export function escapeGlob(file: string): string {
  // Where a backslash is part of a name, DuckDB finds nothing by patterns, and takes the path as it stands.
  if (path.sep === '/' && file.includes('\\')) return file;
  return file.replaceAll(/[[*?{]/g, '[$&]');
}
