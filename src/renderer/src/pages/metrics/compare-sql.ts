import type { Grain, TimeRange } from '../../charts/data/transform';
import { sqlName } from '../../format/sql-name';
import { differences, type Decimals } from './table-sql';

/** Two SELECTs of the same metric, over the events of two ranges, name by name. */
export function comparedNamesSql(
  a: string,
  b: string,
  { label, value, decimals }: { readonly label: string; readonly value: string; readonly decimals: Decimals },
): string {
  const [name, of] = [sqlName(label), sqlName(value)];
  return `WITH a AS (\n${a}\n),
b AS (\n${b}\n)
SELECT coalesce(a.${name}, b.${name}) AS ${name}, ${differences(`a.${of}`, `b.${of}`, '', decimals)}
FROM a FULL JOIN b ON a.${name} IS NOT DISTINCT FROM b.${name}
ORDER BY a.${of} DESC NULLS LAST, 1`;
}

/** The columns of a cohort metric. */
export interface CohortColumns {
  readonly start: string;
  readonly age: string;
  readonly value: string;
  /** The members of a cohort, and those of them that are left; null if there are no such columns. */
  readonly members: { readonly all: string; readonly left: string } | null;
  /** Of the ages; null if unknown. */
  readonly unit: Grain | null;
}

/**
 * The averages of two ranges of cohorts, age by age, as the chart computes them: weighted by the size of the cohorts,
 * without unfinished periods.
 * @param end midnight after the last day with data, as `YYYY-MM-DD`; null if unknown
 */
export function comparedCohortsSql(
  sql: string,
  columns: CohortColumns,
  { a, b, end }: { readonly a: TimeRange; readonly b: TimeRange; readonly end: string | null },
): string {
  const { unit, members } = columns;
  const [start, age, value] = [sqlName(columns.start), sqlName(columns.age), sqlName(columns.value)];
  const time = `epoch_ms(CAST(${start} AS TIMESTAMP))`;
  const within = ({ from, to }: TimeRange) =>
    `FILTER (${time} >= ${from}${Number.isFinite(to) ? ` AND ${time} <= ${to}` : ''})`;
  const mean = (range: TimeRange) =>
    members === null
      ? `avg(${value}) ${within(range)}`
      : `sum(${sqlName(members.left)}) ${within(range)} / nullif(sum(${sqlName(members.all)}) ${within(range)}, 0)`;
  const finished =
    unit === null || end === null
      ? ''
      : `\n  WHERE date_trunc('${unit}', CAST(${start} AS TIMESTAMP)) + to_${unit}s(CAST(${age} AS INTEGER) + 1) <= TIMESTAMP '${end}'`;
  return `WITH means AS (
  SELECT ${age}, ${mean(a)} AS "A", ${mean(b)} AS "B"
  FROM (SELECT * FROM (\n${sql}\n) WHERE ${value} IS NOT NULL AND ${age} IS NOT NULL)${finished}
  GROUP BY 1
)
SELECT ${age}, round("A", 4) AS "A", round("B", 4) AS "B", round("A" - "B", 4) AS difference, round(("A" - "B") / nullif(abs("B"), 0), 4) AS change
FROM means
WHERE "A" IS NOT NULL OR "B" IS NOT NULL
ORDER BY 1`;
}
