import type { Settings } from './settings';

const separators: Record<Settings['numberFormat'], { readonly group: string; readonly point: string }> = {
  comma: { group: ',', point: '.' },
  point: { group: '.', point: ',' },
  // Narrow and unbreakable, so that a number stays in one piece.
  space: { group: '\u202f', point: ',' },
};

/** A number as English writes it, with other separators: in the window, and in notifications. */
export function separate(number: string, format: Settings['numberFormat']): string {
  const { group, point } = separators[format];
  return number.replace(/[,.]/g, (sign) => (sign === ',' ? group : point));
}

/** Signs between groups of three digits that everybody may type, whatever the format. */
const anyGroup = "[\\s_']";

/**
 * A number that somebody has typed, by the format that they chose; NaN for what that format does not allow. A sign of
 * another format is not guessed at: `1,5` and `1.000` would be read ten or a thousand times too large or too small.
 * Groups have three digits; a `%` at the end means nothing.
 */
export function readSeparated(text: string, format: Settings['numberFormat']): number {
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
