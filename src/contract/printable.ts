/** Longest text that is shown of a name. */
const mostCharacters = 300;

/**
 * A file's name as it can be shown in a line of text: control characters, which a terminal would obey, and marks that
 * turn the direction of writing are written as escapes, and what is too long is cut.
 */
export function printable(name: string): string {
  const escaped = name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => {
    const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
    return short ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
  if (escaped.length <= mostCharacters) return escaped;
  // Half a surrogate pair at the cut would be no character.
  return `${escaped.slice(0, mostCharacters - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
