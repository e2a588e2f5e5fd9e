import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { ColumnProfile } from '../../contract/result-work';
import type { Column } from '../../contract/warehouse';
import { countSchema, readRow, readRows } from '../warehouse/read-rows';
import { isFiniteSql, kindOf, measureSql } from './column-kind';
import { columnSql, rowsOf, type ResultTable } from './result-table';
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

/** What is in a column, computed over all rows of the result. */
export async function profileColumn(
  table: ResultTable,
  column: number,
  connection: DuckDBConnection,
): Promise<ColumnProfile> {
  const described = table.columns[column] ?? { name: '', type: '' };
  const rows = { from: rowsOf(table).from, shown: shownRows(table) };
  return profileValues(described, columnSql(table, column), rows, connection);
}

/**
 * What is in `value`, an expression over rows.
 * @param rows what stands behind FROM to read them, and how that is written in the SQL that is shown
 */
export async function profileValues(
  { name, type }: Column,
  value: string,
  { from, shown }: { readonly from: string; readonly shown: string },
  connection: DuckDBConnection,
): Promise<ColumnProfile> {
  const measured = kindOf(type) === 'number' || kindOf(type) === 'time';
  const { quantiles, ...overview } = await readRow(connection, overviewSql(value, type, from), overviewSchema);
  const sql = measured ? histogramSql(value, type) : topSql(value);
  const buckets = await readRows(connection, sql(from), bucketRowSchema);
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
      ? `avg(${value})`
      : kind === 'time'
        ? `make_timestamp(CAST(avg(${measureSql(value, type)}) FILTER (${isFiniteSql(value, type)}) AS BIGINT))`
        : 'NULL';
  const quantiles =
    kind === 'number' || kind === 'time'
      ? `list_transform(quantile_disc(${value}, [${fractions.join(', ')}]), lambda q: CAST(q AS VARCHAR))`
      : 'CAST(NULL AS VARCHAR[])';
  return `SELECT count(*) AS rows, count(*) - count(${value}) AS nulls, count(DISTINCT ${value}) AS "distinct",
    left(CAST(min(${value}) AS VARCHAR), 200) AS min, left(CAST(max(${value}) AS VARCHAR), 200) AS max,
    CAST(${average} AS VARCHAR) AS average, ${quantiles} AS quantiles FROM ${from}`;
}

/** Equal steps from the least to the largest value; `label` is where each begins. */
const histogramSql = (value: string, type: string) => (from: string) => {
  const measure = measureSql(value, type);
  const begin = `low + bucket * (high - low) / ${histogramBuckets}`;
  const label = kindOf(type) === 'time' ? `make_timestamp(CAST(${begin} AS BIGINT))` : `round(${begin}, 6)`;
  return `WITH measured AS (
  SELECT ${measure} AS value FROM ${from} WHERE ${isFiniteSql(value, type)}
), span AS (
  SELECT min(value) AS low, max(value) AS high FROM measured
), counted AS (
  SELECT CAST(least(${histogramBuckets - 1}, coalesce(floor((value - low) / nullif(high - low, 0) * ${histogramBuckets}), 0)) AS INTEGER) AS bucket, count(*) AS count
  FROM measured, span GROUP BY bucket
)
SELECT CAST(${label} AS VARCHAR) AS label, coalesce(count, 0) AS count
FROM span, (SELECT CAST(range AS INTEGER) AS bucket FROM range(${histogramBuckets})) LEFT JOIN counted USING (bucket)
WHERE low IS NOT NULL AND (bucket = 0 OR high > low) ORDER BY bucket`;
};

const topSql = (value: string) => (from: string) =>
  `SELECT left(CAST(${value} AS VARCHAR), 200) AS label, count(*) AS count
FROM ${from} WHERE ${value} IS NOT NULL GROUP BY ${value} ORDER BY count DESC, label LIMIT ${topValues}`;
