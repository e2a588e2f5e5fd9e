import { withSeparators } from './formats';

const wholeNumber = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const compactNumber = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const everyDigit = new Intl.NumberFormat('en', { maximumSignificantDigits: 17 });
const chartNumber = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });
const averageNumber = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });
const percentage = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });

/** 1234567 as `1,234,567`. */
export function formatCount(count: number): string {
  return withSeparators(wholeNumber.format(count));
}

/** 1234567 as `1.23M`: for places that only need the order of magnitude. */
export function formatCompact(count: number): string {
  return withSeparators(compactNumber.format(count));
}

/** A metric's value with the relevant decimals: `1,234.5`; a dash for none. */
export function formatValue(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : withSeparators(chartNumber.format(value));
}

/** A value with all its digits, for comparisons. */
export function formatExact(value: number): string {
  return withSeparators(everyDigit.format(value));
}

/** A mean with a reasonable number of digits. */
export function formatAverage(value: number): string {
  return withSeparators(averageNumber.format(value));
}

/** 0.456 as `45.6%`. */
export function formatPercent(fraction: number): string {
  return withSeparators(percentage.format(fraction));
}

/** A count with its noun: `1 file`, `1,096 files`. */
export function formatAmount(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Sizes as file managers show them, in powers of 1,000 with three significant digits: `62.4 MB`. */
export function formatBytes(bytes: number): string {
  let size = bytes;
  let unit = 0;
  // 999.5 would round to `1000`, which belongs to the next unit.
  while (size >= 999.5 && unit < byteUnits.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  return `${withSeparators(size.toFixed(digits))} ${byteUnits[unit] ?? ''}`;
}
