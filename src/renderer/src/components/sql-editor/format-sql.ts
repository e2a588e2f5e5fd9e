/** Lays SQL out by DuckDB's rules. The formatter is loaded when it is first needed. @throws where it can't read the SQL */
export async function formatSql(text: string): Promise<string> {
  const { formatDialect, duckdb } = await import('sql-formatter');
  return formatDialect(text, { dialect: duckdb, keywordCase: 'upper', tabWidth: 2 });
}
