import type { Settings } from '../../../contract/settings';

export type Formats = Pick<Settings, 'numberFormat' | 'dateFormat'>;

/** Of the whole window. What is drawn already is drawn anew by the shell, which sets them. */
let current: Formats = { numberFormat: 'comma', dateFormat: 'iso' };

export function setFormats({ numberFormat, dateFormat }: Formats): void {
  current = { numberFormat, dateFormat };
}

const separators = {
  comma: { group: ',', point: '.' },
  point: { group: '.', point: ',' },
  // Narrow and unbreakable, so that a number stays in one piece.
  space: { group: '\u202f', point: ',' },
};

/** A number as English writes it, with the separators that the user chose. */
export function withSeparators(number: string): string {
  const { group, point } = separators[current.numberFormat];
  return number.replace(/[,.]/g, (sign) => (sign === ',' ? group : point));
}

/** A calendar day in the order that the user chose. */
export function joinDate(year: string, month: string, day: string): string {
  if (current.dateFormat === 'day-first') return `${day}.${month}.${year}`;
  if (current.dateFormat === 'month-first') return `${month}/${day}/${year}`;
  return `${year}-${month}-${day}`;
}
