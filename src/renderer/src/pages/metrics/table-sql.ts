import { numbersOf, type TableData } from '../../charts/data/table-data';
import { civilDayOf } from '../../format/civil-day';
import { sqlName } from '../../format/sql-name';
import type { Grain, LeftOut, Merge, TimeRange } from '../../charts/data/transform';

/** A column with values. */
export interface ValueColumn extends Decimals {
  readonly name: string;
  readonly merge: Merge;
}

/** The decimals that values have in a table. */
export interface Decimals {
  /** Sums and differences are exact: of whole and decimal numbers. */
  readonly exact: boolean;
  /** Decimals of everything else: a mean has 13 digits, but not so many that mean anything. */
  readonly digits: number;
}

/** The decimals of a column: two as for money, four for shares and other small numbers. */
export function decimalsOf(data: TableData, column: number): Decimals {
  const most = numbersOf(data, column).reduce<number>((found, value) => Math.max(found, Math.abs(value ?? 0)), 0);
  return { exact: /INT|DECIMAL/.test(data.columns[column]?.type ?? ''), digits: most >= 10 ? 2 : 4 };
}

/** A value with its decimals, unless it is exact. */
export function rounded(value: string, { exact, digits }: Decimals): string {
  return exact ? value : `round(${value}, ${digits})`;
}

/** A metric's rows, as the chart aggregates them. */
export interface TableRequest {
  /** The SELECT of the metric's rows. */
  readonly sql: string;
  /** The names of its columns. */
  readonly time: string;
  /** The column of a stack's parts; null for lines. */
  readonly category: string | null;
  readonly values: readonly ValueColumn[];
  /** Null for the metric's own. */
  readonly grain: Grain | null;
  /** The grain on show; null for irregular points. */
  readonly unit: Grain | null;
  /** Null for everything. */
  readonly range: TimeRange | null;
  /** Partial periods of the metric's own grain, and of the one on show: averages leave them out. */
  readonly ownPartial: LeftOut;
  readonly partial: LeftOut;
}

/** The rows of the visible range at the visible grain, as DuckDB computes them; they equal the points of the chart. */
export function tableSql(request: TableRequest): string {
  const { grain, sql, time } = request;
  const rows =
    grain === null ? `SELECT *, ${stamp(sqlName(time))} AS ${place} FROM (\n${sql}\n)` : regrainedSql(request, grain);
  return `SELECT * EXCLUDE (${place}) FROM (\n${rows}\n)${where([inRange(request.range)])}\nORDER BY ALL`;
}

/** The start of a row's period, as a timestamp. */
const place = '"the period"';

const stamp = (column: string): string => `CAST(${column} AS TIMESTAMP)`;

function where(conditions: readonly (string | null)[]): string {
  const all = conditions.filter((condition) => condition !== null);
  return all.length === 0 ? '' : `\nWHERE ${all.join(' AND ')}`;
}

function regrainedSql({ sql, time, category, values, ownPartial }: TableRequest, grain: Grain): string {
  const period = `date_trunc('${grain}', ${stamp(sqlName(time))})`;
  const columns = values.map(
    (column) => `${mergedSql(column, category !== null, ownPartial, time)} AS ${sqlName(column.name)}`,
  );
  const key = category === null ? '' : `, ${sqlName(category)}`;
  const averaged = category !== null && values.some(({ merge }) => merge === 'average');
  return `SELECT CAST(${period} AS DATE) AS ${sqlName(grain)}${key}, ${columns.join(', ')}, ${period} AS ${place}
FROM ${averaged ? wholeParts(sql, period, sqlName(time), ownPartial) : `(\n${sql}\n)`}
WHERE ${sqlName(time)} IS NOT NULL
GROUP BY ${period}${key}`;
}

/**
 * The rows of a stack whose amounts are averaged: without partial periods where there are others, and with the number
 * of periods of the whole stack, over which each part is averaged.
 */
function wholeParts(sql: string, period: string, time: string, partial: LeftOut): string {
  const whole = partial.size === 0 ? 'true' : `${stamp(time)} NOT IN (${listOf(partial)})`;
  return `(
SELECT *, count(DISTINCT ${time}) OVER (PARTITION BY ${period}) AS "its periods"
FROM (SELECT *, bool_or(${whole}) OVER (PARTITION BY ${period}) AS "has whole ones" FROM (\n${sql}\n))
WHERE ${whole} OR NOT "has whole ones")`;
}

function mergedSql(column: ValueColumn, parts: boolean, partial: LeftOut, time: string): string {
  const value = sqlName(column.name);
  if (column.merge === 'sum') return rounded(`sum(${value})`, column);
  return rounded(averageSql(value, parts, partial, time), { ...column, exact: false });
}

function averageSql(value: string, parts: boolean, partial: LeftOut, time: string): string {
  if (parts) return `sum(${value}) / any_value("its periods")`;
  if (partial.size === 0) return `avg(${value})`;
  // Where every period is partial, they are all there is.
  const whole = `${stamp(sqlName(time))} NOT IN (${listOf(partial)})`;
  return `coalesce(avg(${value}) FILTER (${whole}), avg(${value}))`;
}

function listOf(times: LeftOut): string {
  return [...times].map(literal).join(', ');
}

/** A time in milliseconds since 1970, UTC, as a literal. */
function literal(time: number): string {
  const { year, month, day } = civilDayOf(time);
  const two = (part: number) => String(part).padStart(2, '0');
  const clock = time - Math.floor(time / 86_400_000) * 86_400_000;
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  return `TIMESTAMP '${date} ${new Date(clock).toISOString().slice(11, 23)}'`;
}

function inRange(range: TimeRange | null): string | null {
  if (range === null) return null;
  const from = `${place} >= ${literal(range.from)}`;
  return Number.isFinite(range.to) ? `${from} AND ${place} <= ${literal(range.to)}` : from;
}

/**
 * The visible range beside the compared one, with the difference and the relative change: row by row over time, or of a
 * stack the average of each part.
 */
export function comparisonSql(request: TableRequest, a: TimeRange, b: TimeRange): string {
  const { grain, sql, time } = request;
  const rows =
    grain === null ? `SELECT *, ${stamp(sqlName(time))} AS ${place} FROM (\n${sql}\n)` : regrainedSql(request, grain);
  return request.category === null
    ? lineByLine(request, rows, a, b)
    : partByPart(request, request.category, rows, a, b);
}

/** Two columns, their difference, and its share of the second. */
export function differences(a: string, b: string, suffix: string, decimals: Decimals): string {
  const [left, right, difference] = [a, b, `${a} - ${b}`].map((value) => rounded(value, decimals));
  return `${left} AS ${sqlName(`A${suffix}`)}, ${right} AS ${sqlName(`B${suffix}`)}, ${difference} AS ${sqlName(`difference${suffix}`)},
  round((${a} - ${b}) / nullif(abs(${b}), 0), 4) AS ${sqlName(`change${suffix}`)}`;
}

function lineByLine({ time, values, grain, unit }: TableRequest, rows: string, a: TimeRange, b: TimeRange): string {
  const name = grain ?? time;
  const part = (range: TimeRange) => `SELECT *, ${distance(unit)} AS number FROM metric${where([inRange(range)])}`;
  const columns = values.map((column) => {
    const value = sqlName(column.name);
    const decimals = { ...column, exact: column.exact && (grain === null || column.merge === 'sum') };
    return differences(`a.${value}`, `b.${value}`, values.length === 1 ? '' : ` ${column.name}`, decimals);
  });
  // Where periods are days or longer, their times of day would take the room of the values.
  const start = (of: 'a' | 'b') => (unit === null ? `${of}.${sqlName(name)}` : `CAST(${of}.${sqlName(name)} AS DATE)`);
  return `WITH metric AS (\n${rows}\n),
a AS (${part(a)}),
b AS (${part(b)})
SELECT ${start('a')} AS ${sqlName(`${name} A`)}, ${start('b')} AS ${sqlName(`${name} B`)},
  ${columns.join(',\n  ')}
FROM a FULL JOIN b USING (number)
ORDER BY number`;
}

/** The distance of a row from the beginning of its range: in periods, or of irregular points in rows. */
function distance(unit: Grain | null): string {
  if (unit === null) return `row_number() OVER (ORDER BY ${place})`;
  return `date_diff('${unit === 'month' ? 'month' : 'day'}', min(${place}) OVER (), ${place})`;
}

function partByPart(
  { values, partial }: TableRequest,
  category: string,
  rows: string,
  a: TimeRange,
  b: TimeRange,
): string {
  const value = sqlName(values[0]?.name ?? '');
  const decimals = { exact: false, digits: values[0]?.digits ?? 2 };
  const part = (range: TimeRange) => {
    const within = where([inRange(range)]);
    const whole = `${place} NOT IN (${listOf(partial)})`;
    // Where every period is partial, they are all there is.
    const counted =
      partial.size === 0 ? within : `${within} AND (${whole} OR NOT EXISTS (FROM metric${within} AND ${whole}))`;
    return `SELECT ${sqlName(category)}, sum(${value}) / (SELECT count(DISTINCT ${place}) FROM metric${counted}) AS ${value}
FROM metric${counted} GROUP BY 1`;
  };
  const [left, right] = [`coalesce(a.${value}, 0)`, `coalesce(b.${value}, 0)`];
  return `WITH metric AS (\n${rows}\n),
a AS (${part(a)}),
b AS (${part(b)})
SELECT coalesce(a.${sqlName(category)}, b.${sqlName(category)}) AS ${sqlName(category)}, ${differences(left, right, '', decimals)}
FROM a FULL JOIN b ON a.${sqlName(category)} IS NOT DISTINCT FROM b.${sqlName(category)}
ORDER BY 2 DESC NULLS LAST, 1`;
}
