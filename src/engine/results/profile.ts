import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { ColumnProfile } from '../../contract/result-work';
import type { Column } from '../../contract/column-type';
import { countSchema, readRow, readRows } from '../sql/read-rows';
import { kindOf } from '../../contract/column-type';
import { averageSql, isFiniteSql, measureSql, timeTextSql } from '../sql/column-kind';
import { storedRows, type ResultTable } from './result-table';
import { shownRows } from './shown-sql';

const fractions = [0.05, 0.25, 0.5, 0.75, 0.95];
const histogramBuckets = 24;
const topValues = 12;

const overviewSchema = z.object({
  rows: countSchema,
  nulls: countSchema,
  distinct: countSchema,
  min: z.string().nullable(),
  max: z.string().nullable(),
  average: z.string().nullable(),
  quantiles: z.array(z.string().nullable()).nullable(),
});

const bucketRowSchema = z.object({ label: z.string().nullable(), count: countSchema });

/** The profile of a column, over all rows of the result. */
export async function profileColumn(
  table: ResultTable,
  column: number,
  connection: DuckDBConnection,
): Promise<ColumnProfile> {
  const described = table.columns[column] ?? { name: '', type: '' };
  const [stored, shown] = [storedRows(table), shownRows(table)];
  return profileValues(
    described,
    { from: stored.from, value: stored.column(column) },
    { from: shown.from, value: shown.column(column) },
    connection,
  );
}

/** Values in SQL: an expression and its FROM clause. */
export interface ValueSource {
  readonly from: string;
  readonly value: string;
}

/**
 * Computes the profile of values.
 * @param shown the same values in the SQL that the user sees
 */
export async function profileValues(
  { name, type }: Column,
  { from, value }: ValueSource,
  shown: ValueSource,
  connection: DuckDBConnection,
): Promise<ColumnProfile> {
  const measured = kindOf(type) === 'number' || kindOf(type) === 'time';
  const { quantiles, ...overview } = await readRow(connection, overviewSql(value, type, from), overviewSchema);
  const sql = measured ? histogramSql(type) : topSql;
  const buckets = await readRows(connection, sql({ from, value }), bucketRowSchema);
  const counted = buckets.map(({ label, count }) => ({ label: label ?? 'NULL', count }));
  return {
    name,
    type,
    ...overview,
    quantiles: fractions.flatMap((fraction, index) => {
      const found = quantiles?.[index];
      return found === null || found === undefined ? [] : { fraction, value: found };
    }),
    histogram: measured ? counted : [],
    top: measured ? [] : counted,
    sql: sql(shown),
  };
}

function overviewSql(value: string, type: string, from: string): string {
  const kind = kindOf(type);
  const average =
    kind === 'number'
      ? averageSql(value, type)
      : kind === 'time'
        ? timeTextSql(`avg(${measureSql(value, type)}) FILTER (${isFiniteSql(value, type)})`, type)
        : 'NULL';
  const quantiles =
    kind === 'number' || kind === 'time'
      ? `list_transform(quantile_disc(${value}, [${fractions.join(', ')}]), lambda q: CAST(q AS VARCHAR))`
      : 'CAST(NULL AS VARCHAR[])';
  return `SELECT count(*) AS rows, count(*) - count(${value}) AS nulls, count(DISTINCT ${value}) AS "distinct",
    left(CAST(min(${value}) AS VARCHAR), 200) AS min, left(CAST(max(${value}) AS VARCHAR), 200) AS max,
    CAST(${average} AS VARCHAR) AS average, ${quantiles} AS quantiles FROM ${from}`;
}

/** Equal steps from the minimum to the maximum; `label` is the start of each. */
const histogramSql = (type: string) => (source: ValueSource) => {
  const { from, value } = source;
  const measure = measureSql(value, type);
  // Computed with halves and fractions of both ends, since the span of all DOUBLE values exceeds a DOUBLE.
  const share = '(value / 2 - low / 2) / nullif(high / 2 - low / 2, 0)';
  const begin = `(low * (1 - bucket / ${histogramBuckets}) + high * (bucket / ${histogramBuckets}))`;
  const label = kindOf(type) === 'time' ? timeTextSql(begin, type) : `round(${begin}, 6)`;
  return `WITH measured AS (
  SELECT ${measure} AS value FROM ${from} WHERE ${isFiniteSql(value, type)}
), span AS (
  SELECT min(value) AS low, max(value) AS high FROM measured
), counted AS (
  SELECT CAST(least(${histogramBuckets - 1}, coalesce(floor(${share} * ${histogramBuckets}), 0)) AS INTEGER) AS bucket, count(*) AS count
  FROM measured, span GROUP BY bucket
)
SELECT CAST(${label} AS VARCHAR) AS label, coalesce(count, 0) AS count
FROM span, (SELECT CAST(range AS INTEGER) AS bucket FROM range(${histogramBuckets})) LEFT JOIN counted USING (bucket)
WHERE low IS NOT NULL AND (bucket = 0 OR high > low) ORDER BY bucket`;
};

const topSql = ({ from, value }: ValueSource) =>
  `SELECT left(CAST(${value} AS VARCHAR), 200) AS label, count(*) AS count
FROM ${from} WHERE ${value} IS NOT NULL GROUP BY ${value} ORDER BY count DESC, label LIMIT ${topValues}`;
