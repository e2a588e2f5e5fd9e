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

/** What somebody has typed, as a number; NaN for what is none. Groups of three are groups, whatever the sign. */
export function readSeparated(text: string, format: Settings['numberFormat']): number {
  const digits = text.replace(/[\s_'%]/g, '');
  const { group, point } = separators[format];
  const grouped = group === '.' && /^\d{1,3}(\.\d{3})+(,\d*)?$/.test(digits) ? digits.replaceAll('.', '') : digits;
  const english = point === ',' ? grouped.replace(',', '.') : grouped.replaceAll(',', '');
  return english === '' ? Number.NaN : Number(english);
}
