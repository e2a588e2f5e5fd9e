import { kindOf } from '../../contract/column-type';

/** Types whose values can be parsed from the text in a grid. */
const readableType = /^(BOOLEAN|VARCHAR|UUID|TIME|INTERVAL)$/;
/** Whole numbers of which a sum of two can overflow DuckDB's type for sums. */
const hugeType = /^(U?HUGEINT|BIGNUM)$/;
/** Digits of a DECIMAL up to which sums of 10 billion values fit. */
const narrowDigits = 28;

/** Whether the text of a value can be cast back to its type. */
export function readsBack(type: string): boolean {
  const kind = kindOf(type);
  return kind === 'number' || kind === 'time' || readableType.test(type);
}

export const isHuge = (type: string): boolean => hugeType.test(type);

/** Digits of a DECIMAL, and the number of decimal places; null for other types. */
export function decimalDigits(type: string): { readonly width: number; readonly scale: number } | null {
  const [, width, scale] = /^DECIMAL\((\d+),(\d+)\)$/.exec(type) ?? [];
  return width === undefined ? null : { width: Number(width), scale: Number(scale) };
}

/** Whether a sum or an average in DuckDB's own type could overflow. */
export function mayOverflow(type: string): boolean {
  return isHuge(type) || (decimalDigits(type)?.width ?? 0) > narrowDigits;
}

/** A number as a DOUBLE; infinite if it is too large. */
export function doubleSql(column: string, type: string): string {
  // A BIGNUM outside the range of DOUBLE is an error even for TRY_CAST, but its text isn't.
  return type === 'BIGNUM' ? `TRY_CAST(CAST(${column} AS VARCHAR) AS DOUBLE)` : `CAST(${column} AS DOUBLE)`;
}

/** The average of numbers as a DOUBLE. */
export function averageSql(column: string, type: string): string {
  return `avg(${mayOverflow(type) ? doubleSql(column, type) : column})`;
}

/** A number as a DOUBLE, or a time as microseconds since 1970 (UTC if the type has a zone). */
export function measureSql(column: string, type: string): string {
  if (type === 'DATE') return `(epoch(${column}) * 1e6)`;
  if (kindOf(type) === 'time') return `CAST(epoch_us(${column}) AS DOUBLE)`;
  return doubleSql(column, type);
}

/** Condition that excludes values without a place on a scale: NULL, NaN and infinities. */
export function isFiniteSql(column: string, type: string): string {
  return `isfinite(${kindOf(type) === 'time' ? column : doubleSql(column, type)})`;
}

/** Range of DuckDB's timestamps, in microseconds, rounded towards 1970 so that they fit into a DOUBLE. */
const timestampRange = { first: -9_223_372_022_400_000_000, last: 9_223_372_036_854_774_000 };

/** Microseconds since 1970 (a DOUBLE) as the text of a time; only the date outside the range of timestamps. */
export function timeTextSql(micros: string, type: string): string {
  const make = type === 'TIMESTAMP WITH TIME ZONE' ? 'make_timestamptz' : 'make_timestamp';
  const { first, last } = timestampRange;
  if (type !== 'DATE') {
    const within = `greatest(${first}, least(${last}, ${micros}))`;
    return `CASE WHEN ${micros} IS NOT NULL THEN CAST(${make}(CAST(${within} AS BIGINT)) AS VARCHAR) END`;
  }
  const day = `CAST(DATE '1970-01-01' + CAST(floor(${micros} / 86400e6) AS INTEGER) AS VARCHAR)`;
  const time = `CAST(make_timestamp(CAST(${micros} AS BIGINT)) AS VARCHAR)`;
  return `CASE WHEN ${micros} BETWEEN ${first} AND ${last} THEN ${time} ELSE ${day} END`;
}
