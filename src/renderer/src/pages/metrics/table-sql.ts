import { civilDayOf } from '../../format/civil-day';
import { sqlName } from '../../format/sql-name';
import type { Grain, LeftOut, Merge, TimeRange } from '../../charts/data/transform';

/** A metric's rows, as the chart aggregates them. */
export interface TableRequest {
  /** The SELECT of the metric's rows. */
  readonly sql: string;
  /** The names of its columns. */
  readonly time: string;
  /** The column of a stack's parts; null for lines. */
  readonly category: string | null;
  readonly values: readonly { readonly name: string; readonly merge: Merge }[];
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
    ({ name, merge }) => `${mergedSql(name, merge, category !== null, ownPartial, time)} AS ${sqlName(name)}`,
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

function mergedSql(name: string, merge: Merge, parts: boolean, partial: LeftOut, time: string): string {
  const value = sqlName(name);
  if (merge === 'sum') return `sum(${value})`;
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

/** The difference of two columns, and its share of the second. */
function differences(a: string, b: string, suffix: string): string {
  return `${a} AS ${sqlName(`A${suffix}`)}, ${b} AS ${sqlName(`B${suffix}`)}, ${a} - ${b} AS ${sqlName(`difference${suffix}`)},
  round((${a} - ${b}) / nullif(abs(${b}), 0), 4) AS ${sqlName(`change${suffix}`)}`;
}

function lineByLine({ time, values, grain, unit }: TableRequest, rows: string, a: TimeRange, b: TimeRange): string {
  const name = grain ?? time;
  const part = (range: TimeRange) => `SELECT *, ${distance(unit)} AS number FROM metric${where([inRange(range)])}`;
  const columns = values.map(({ name: value }) =>
    differences(`a.${sqlName(value)}`, `b.${sqlName(value)}`, values.length === 1 ? '' : ` ${value}`),
  );
  return `WITH metric AS (\n${rows}\n),
a AS (${part(a)}),
b AS (${part(b)})
SELECT a.${sqlName(name)} AS ${sqlName(`${name} A`)}, b.${sqlName(name)} AS ${sqlName(`${name} B`)},
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
SELECT coalesce(a.${sqlName(category)}, b.${sqlName(category)}) AS ${sqlName(category)}, ${differences(left, right, '')}
FROM a FULL JOIN b ON a.${sqlName(category)} IS NOT DISTINCT FROM b.${sqlName(category)}
ORDER BY 2 DESC NULLS LAST, 1`;
}
