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

/** A SQL string literal; the parser stops at a NUL, so a NUL is written as a function call. */
export function sqlText(text: string): string {
  return text
    .split('\0')
    .map((part) => `'${part.replaceAll("'", "''")}'`)
    .join(' || chr(0) || ');
}
