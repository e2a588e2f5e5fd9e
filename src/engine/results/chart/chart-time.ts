import type { AxisSteps } from './chart-axis-plan';

/** From the finest to the coarsest, in microseconds. */
const units = [
  ['second', 1e6],
  ['minute', 60e6],
  ['hour', 3_600e6],
  ['day', 86_400e6],
  ['week', 7 * 86_400e6],
  ['month', 30 * 86_400e6],
  ['year', 365 * 86_400e6],
] as const;

const yearMicros = 365 * 86_400e6;

/** Between these times, in microseconds since 1970, the start of each unit is a valid timestamp, too. */
const truncatable = { first: -9_223_300_000_000_000_000, last: 9_223_370_000_000_000_000 };

/**
 * Time steps for a span with more values than a chart has places.
 * @param span in microseconds since 1970
 */
export function timeSteps(
  type: string,
  { low, high }: { readonly low: number; readonly high: number },
  most: number,
): AxisSteps {
  const width = high - low;
  const [unit] = units.find(([, micros]) => width / micros <= most) ?? [];
  const safe = low > truncatable.first && high < truncatable.last;
  if (!unit || !safe) return yearSteps(Math.max(1, roundUp(width / yearMicros / most)));
  const note = `By ${unit}`;
  const local = (column: string) => `CAST(${column} AS TIMESTAMP)`;
  if (type === 'TIMESTAMP WITH TIME ZONE' && (unit === 'second' || unit === 'minute' || unit === 'hour')) {
    // By local time, but the two hours of a clock change stay separate: date_trunc would merge them.
    const sinceBegin = (column: string) =>
      `(epoch_us(${local(column)}) - epoch_us(date_trunc('${unit}', ${local(column)})))`;
    return { kind: 'instant', place: (column) => `(epoch_us(${column}) - ${sinceBegin(column)}) / 1000`, note };
  }
  return {
    kind: 'time',
    place: (column) => `CAST(epoch_ms(date_trunc('${unit}', ${local(column)})) AS DOUBLE)`,
    note,
  };
}

/** 1, 2 or 5 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return power * ([1, 2, 5].find((factor) => factor * power >= value) ?? 10);
}

/**
 * Year steps by arithmetic: DuckDB's dates have a larger range than the timestamps that its truncating functions
 * return.
 */
function yearSteps(years: number): AxisSteps {
  return {
    kind: 'time',
    place: (column) => {
      const year = `floor(year(${column}) / ${years}) * ${years}`;
      const leapYears = [4, 100, 400].map((every) => `floor((${year} - 1) / ${every})`);
      // There were 477 leap years before 1970.
      return `(365 * (${year} - 1970) + ${leapYears[0]} - ${leapYears[1]} + ${leapYears[2]} - 477) * 86400e3`;
    },
    note: years === 1 ? 'By year' : `By ${years.toLocaleString('en')} years`,
  };
}
