/** `1,234.5`, `1.234,5` and `1 234,5`. */
export const numberFormats = ['comma', 'point', 'space'] as const;

export type NumberFormat = (typeof numberFormats)[number];

const separators: Record<NumberFormat, { readonly group: string; readonly point: string }> = {
  comma: { group: ',', point: '.' },
  point: { group: '.', point: ',' },
  // Narrow and non-breaking, so that a number stays on one line.
  space: { group: '\u202f', point: ',' },
};

/** Replaces the separators of a number in English notation: in the window, and in notifications. */
export function separate(number: string, format: NumberFormat): string {
  const { group, point } = separators[format];
  return number.replace(/[,.]/g, (sign) => (sign === ',' ? group : point));
}

/** Group separators that are accepted in every format. */
const anyGroup = "[\\s_']";

/**
 * Parses a typed number in the chosen format; NaN if that format does not allow it. Separators of other formats are
 * never guessed: `1,5` and `1.000` would be off by a factor of ten or a thousand. Groups have three digits; a trailing
 * `%` is ignored.
 */
export function readSeparated(text: string, format: NumberFormat): number {
  const { group, point } = separators[format];
  const groups = `(?:${anyGroup}|\\${group})`;
  const pattern = new RegExp(
    `^([+-]?)(\\d+|\\d{1,3}(?:${groups}\\d{3})+)(?:\\${point}(\\d*))?(e[+-]?\\d+)?\\s*%?$`,
    'i',
  );
  const match = pattern.exec(text.trim());
  if (!match) return Number.NaN;
  const [, sign = '', whole = '', fraction = '', exponent = ''] = match;
  return Number(`${sign}${whole.replace(/\D/g, '')}.${fraction || '0'}${exponent}`);
}
