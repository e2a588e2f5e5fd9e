const numberType = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|BIGNUM|FLOAT|DOUBLE|DECIMAL\(\d+,\d+\))$/;
const timeType = /^(DATE|TIMESTAMP(_S|_MS|_NS)?|TIMESTAMP WITH TIME ZONE)$/;
const nestedType = /\]$|^(STRUCT|MAP|UNION)\(|^VARIANT$/;
/** Types whose values can be read back from the text that a grid shows. */
const readableType = /^(BOOLEAN|VARCHAR|UUID|TIME|INTERVAL)$/;

export type ColumnKind = 'number' | 'time' | 'nested' | 'other';

/** What can be done with the values of a DuckDB type. *time* are points in time, from which days and weeks can be made. */
export function kindOf(type: string): ColumnKind {
  if (numberType.test(type)) return 'number';
  if (timeType.test(type)) return 'time';
  return nestedType.test(type) ? 'nested' : 'other';
}

/** Whether the text of a value can be cast back to its type. */
export function readsBack(type: string): boolean {
  const kind = kindOf(type);
  return kind === 'number' || kind === 'time' || readableType.test(type);
}

/** A number or a time as a DOUBLE: itself, or microseconds since 1970. */
export function measureSql(column: string, type: string): string {
  return kindOf(type) === 'time'
    ? `CAST(epoch_us(CAST(${column} AS TIMESTAMP)) AS DOUBLE)`
    : `CAST(${column} AS DOUBLE)`;
}

/** Leaves out what has no place on a scale: NULL, NaN and the infinities. */
export function isFiniteSql(column: string, type: string): string {
  if (kindOf(type) === 'time') return `isfinite(CAST(${column} AS TIMESTAMP))`;
  return `isfinite(CAST(${column} AS DOUBLE))`;
}
