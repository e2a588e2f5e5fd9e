/** A quoted SQL identifier, whatever its characters. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * A name in SQL, quoted only where it has to be.
 * @param reserved keywords that can't be names, in lower case
 */
export function plainSqlName(name: string, reserved: ReadonlySet<string>): string {
  return /^[A-Za-z_]\w*$/.test(name) && !reserved.has(name.toLowerCase()) ? name : sqlName(name);
}

/** A SQL string literal; the parser stops at a NUL, so text with a NUL becomes an expression in parentheses. */
export function sqlText(text: string): string {
  const parts = text.split('\0').map((part) => `'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? parts.join('') : `(${parts.join(' || chr(0) || ')})`;
}
