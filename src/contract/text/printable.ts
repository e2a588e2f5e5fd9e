/** Longest name that is shown whole. */
const mostCharacters = 300;

/**
 * Escapes a file name for one line of text: control characters, which a terminal would execute, and marks that change
 * the direction of writing; long names are cut.
 * @param most longest text that is shown whole
 */
export function printable(name: string, most = mostCharacters): string {
  return cut(name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, escaped), most);
}

/**
 * The same for text of several lines that may contain such names, such as a message of DuckDB: line breaks and tabs
 * stay.
 */
export function printableText(text: string, most: number): string {
  // A text without end is cut first: escaping it would take seconds.
  return cut(cut(text, most).replaceAll(/(?![\t\n])[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Cs}]/gu, escaped), most);
}

function escaped(character: string): string {
  const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
  return short ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  // Never cuts a surrogate pair in half.
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
