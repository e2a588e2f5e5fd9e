/** A quoted SQL identifier, whatever its characters. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A SQL string literal; the parser stops at a NUL, so a NUL is written as a function call. */
export function sqlText(text: string): string {
  return text
    .split('\0')
    .map((part) => `'${part.replaceAll("'", "''")}'`)
    .join(' || chr(0) || ');
}
