/** Longest name that is shown whole. */
const mostCharacters = 300;

/**
 * Escapes a file name for one line of text: control characters, which a terminal would execute, and marks that change
 * the direction of writing; long names are cut.
 */
export function printable(name: string): string {
  const escaped = name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => {
    const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
    return short ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
  if (escaped.length <= mostCharacters) return escaped;
  // Never cuts a surrogate pair in half.
  return `${escaped.slice(0, mostCharacters - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
