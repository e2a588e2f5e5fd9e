/**
 * Characters that a terminal may act on instead of showing them: controls (C0 but tab and newline, DEL, C1), which begin
 * escape sequences, and marks that change the direction of the text around them.
 */
const unsafe = /(?![\t\n])[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * Makes text safe to print on a terminal, whatever it came from: each character that a terminal may act on becomes
 * `\uXXXX`. Inside JSON, where such characters stand only in strings, that is the same document.
 */
export function terminalText(text: string): string {
  return text.replaceAll(unsafe, escaped);
}
