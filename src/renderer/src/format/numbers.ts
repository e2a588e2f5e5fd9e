import { readSeparated, separate } from '../../../contract/text/number-format';
import type { Settings } from '../../../contract/settings';

const wholeNumber = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const compactNumber = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const everyDigit = new Intl.NumberFormat('en', { maximumSignificantDigits: 17 });
const chartNumber = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });
const averageNumber = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });
const percentage = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });

/** Numbers as text, and typed text as a number, in one format of the settings. */
export interface NumberFormats {
  /** A number in English notation, with the separators of the format. */
  readonly separated: (number: string) => string;
  /** Parses a typed number; NaN if the format does not allow it. */
  readonly parseNumber: (text: string) => number;
  /** 1234567 as `1,234,567`. */
  readonly count: (count: number) => string;
  /** 1234567 as `1.23M`: for places that only need the order of magnitude. */
  readonly compact: (count: number) => string;
  /** A metric's value with the relevant decimals: `1,234.5`; a dash for none. */
  readonly value: (value: number | null | undefined) => string;
  /** A value with all its digits, for comparisons. */
  readonly exact: (value: number) => string;
  /** A mean with a reasonable number of digits. */
  readonly average: (value: number) => string;
  /** 0.456 as `45.6%`. */
  readonly percent: (fraction: number) => string;
  /** A count with its noun: `1 file`, `1,096 files`. */
  readonly amount: (count: number, one: string, many?: string) => string;
  /** Sizes as file managers show them, in powers of 1,000 with three significant digits: `62.4 MB`. */
  readonly bytes: (bytes: number) => string;
}

export function numbersIn(format: Settings['numberFormat']): NumberFormats {
  const separated = (number: string) => separate(number, format);
  const count = (number: number) => separated(wholeNumber.format(number));
  return {
    separated,
    parseNumber: (text) => readSeparated(text, format),
    count,
    compact: (number) => separated(compactNumber.format(number)),
    value: (value) => (value === null || value === undefined ? '–' : separated(chartNumber.format(value))),
    exact: (value) => separated(everyDigit.format(value)),
    average: (value) => separated(averageNumber.format(value)),
    percent: (fraction) => separated(percentage.format(fraction)),
    amount: (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`,
    bytes: (bytes) => separated(sizeOf(bytes)),
  };
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

function sizeOf(bytes: number): string {
  let size = bytes;
  let unit = 0;
  // 999.5 would round to `1000`, which belongs to the next unit.
  while (size >= 999.5 && unit < byteUnits.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  return `${size.toFixed(digits)} ${byteUnits[unit] ?? ''}`;
}
