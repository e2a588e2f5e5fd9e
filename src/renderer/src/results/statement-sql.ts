/** SQL over `result`, as the warehouse process gives it, with the statement that `result` stands for. */
export function overStatement(statement: string, sql: string): string {
  const body = `WITH result AS (\n${statement.trim().replace(/;\s*$/, '')}\n)`;
  return sql.startsWith('WITH ') ? `${body}, ${sql.slice('WITH '.length)}` : `${body}\n${sql}`;
}
