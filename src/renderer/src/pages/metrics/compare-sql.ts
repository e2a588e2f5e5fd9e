import type { TimeRange } from '../../charts/data/transform';
import { sqlName } from '../../format/sql-name';

/** Two SELECTs of the same metric, over the events of two ranges, name by name. */
export function comparedNamesSql(a: string, b: string, label: string, value: string): string {
  const [name, of] = [sqlName(label), sqlName(value)];
  return `WITH a AS (\n${a}\n),
b AS (\n${b}\n)
SELECT coalesce(a.${name}, b.${name}) AS ${name}, a.${of} AS "A", b.${of} AS "B", a.${of} - b.${of} AS difference,
  round((a.${of} - b.${of}) / nullif(abs(b.${of}), 0), 4) AS change
FROM a FULL JOIN b ON a.${name} IS NOT DISTINCT FROM b.${name}
ORDER BY a.${of} DESC NULLS LAST, 1`;
}

/** The columns of a cohort metric. */
export interface CohortColumns {
  readonly start: string;
  readonly age: string;
  readonly value: string;
}

/** The averages of two ranges of cohorts, age by age. */
export function comparedCohortsSql(sql: string, columns: CohortColumns, a: TimeRange, b: TimeRange): string {
  const [start, age, value] = [sqlName(columns.start), sqlName(columns.age), sqlName(columns.value)];
  const mean = ({ from, to }: TimeRange) =>
    `avg(${value}) FILTER (epoch_ms(CAST(${start} AS TIMESTAMP)) >= ${from}${Number.isFinite(to) ? ` AND epoch_ms(CAST(${start} AS TIMESTAMP)) <= ${to}` : ''})`;
  return `WITH means AS (
  SELECT ${age}, ${mean(a)} AS "A", ${mean(b)} AS "B"
  FROM (\n${sql}\n)
  GROUP BY 1
)
SELECT ${age}, round("A", 4) AS "A", round("B", 4) AS "B", round("A" - "B", 4) AS difference, round(("A" - "B") / nullif(abs("B"), 0), 4) AS change
FROM means
WHERE "A" IS NOT NULL OR "B" IS NOT NULL
ORDER BY 1`;
}
