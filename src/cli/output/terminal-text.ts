/**
 * Characters that a terminal may interpret instead of showing: controls (C0 but tab and newline, DEL, C1), which begin
 * escape sequences, and marks that change the direction of the text around them.
 */
const unsafe = /(?![\t\n])[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * Makes text safe to print on a terminal, whatever its source: each character that a terminal may interpret becomes
 * `\uXXXX`. In JSON these characters occur only in strings, so the document stays the same.
 */
export function terminalText(text: string): string {
  return text.replaceAll(unsafe, escaped);
}
