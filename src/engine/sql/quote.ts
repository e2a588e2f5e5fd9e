import path from 'node:path';

/** Text as a SQL string literal. The parser stops at a NUL, so text with one becomes an expression in parentheses. */
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
 * take patterns, so brackets and asterisks in the path are escaped.
 */
export function quotePath(file: string): string {
  return quoteText(escapeGlob(file));
}

/** A path with DuckDB's pattern characters escaped. */
export function escapeGlob(file: string): string {
  // If a name contains a backslash, DuckDB finds nothing by patterns, and takes the path literally.
  if (path.sep === '/' && file.includes('\\')) return file;
  return file.replaceAll(/[[*?{]/g, '[$&]');
}
