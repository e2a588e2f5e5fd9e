import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { AppError } from '../../contract/app-error';
import type { Aggregate, Chart, ChartData } from '../../contract/result-work';
import { countSchema, readRow, readRows } from '../warehouse/read-rows';
import { quoteText } from '../warehouse/sql-text';
import { planAxis, type AxisPlan } from './chart-axis';
import { isFiniteSql, kindOf, measureSql } from './column-kind';
import { columnSql, rowsOf, type ResultTable } from './result-table';
import { shownRows } from './shown-sql';

const maxSeries = 8;
const maxScatterPoints = 4_000;

const aggregateSql: Record<Aggregate, (value: string) => string> = {
  sum: (value) => `sum(${value})`,
  average: (value) => `avg(${value})`,
  min: (value) => `min(${value})`,
  max: (value) => `max(${value})`,
  count: () => 'count(*)',
};

const pointSchema = z.object({ x: z.number(), series: z.string().nullable(), y: z.number().nullable() });

/** Aggregates a result into the points of a chart; the rows stay here, whatever their number. */
export async function chartOf(table: ResultTable, chart: Chart, connection: DuckDBConnection): Promise<ChartData> {
  checkColumns(table, chart);
  const names = chart.series === null ? null : await seriesNames(table, chart, chart.series, connection);
  const axis = await planAxis(table, chart, connection);
  const sql = chart.kind === 'scatter' ? scatterSql(table, chart, axis) : groupedSql(table, chart, axis);
  const wanted = names
    ? ` AND CAST(${columnSql(table, chart.series ?? 0)} AS VARCHAR) IN (${names.shown.map(quoteText).join(', ') || 'NULL'})`
    : '';
  const { from, position } = rowsOf(table);
  const points = await readRows(connection, sql(from, wanted, position), pointSchema);
  return {
    axis: axis.kind,
    labels: axis.labels,
    series: toSeries(points, names?.shown ?? [yName(table, chart)], names !== null),
    note: noteOf(table, chart, axis, names),
    sql: sql(shownRows(table), wanted, 'row_number() OVER () - 1'),
  };
}

function checkColumns(table: ResultTable, { kind, y, aggregate }: Chart): void {
  const numeric = y !== null && kindOf(table.columns[y]?.type ?? '') === 'number';
  if (numeric || (aggregate === 'count' && kind !== 'scatter')) return;
  throw new AppError('INVALID_OPTIONS', 'This chart needs a column of numbers.', {
    action: 'Choose one as y, or count rows instead.',
  });
}

function yName(table: ResultTable, { y, aggregate, kind }: Chart): string {
  const name = y === null ? 'rows' : (table.columns[y]?.name ?? '');
  if (kind === 'scatter') return name;
  return aggregate === 'count' ? 'rows' : `${aggregate} of ${name}`;
}

/** Of many series those that matter: of sums the largest, else those of the most rows. */
async function seriesNames(table: ResultTable, chart: Chart, column: number, connection: DuckDBConnection) {
  const value = columnSql(table, column);
  const { from } = rowsOf(table);
  const rows = await readRows(
    connection,
    `SELECT CAST(${value} AS VARCHAR) AS name FROM ${from} WHERE ${value} IS NOT NULL
     GROUP BY 1 ORDER BY ${weightSql(table, chart)} DESC, 1 LIMIT ${maxSeries}`,
    z.object({ name: z.string() }),
  );
  const { all } = await readRow(
    connection,
    `SELECT count(DISTINCT ${value}) AS "all" FROM ${from}`,
    z.object({ all: countSchema }),
  );
  return { shown: rows.map(({ name }) => name), all };
}

const isSum = ({ kind, aggregate, y }: Chart): boolean => kind !== 'scatter' && aggregate === 'sum' && y !== null;

function weightSql(table: ResultTable, chart: Chart): string {
  if (!isSum(chart)) return 'count(*)';
  const y = `CAST(${columnSql(table, chart.y ?? 0)} AS DOUBLE)`;
  return `coalesce(sum(abs(${y})) FILTER (isfinite(${y})), 0)`;
}

type PointsSql = (from: string, wanted: string, position: string) => string;

function groupedSql(table: ResultTable, chart: Chart, axis: AxisPlan): PointsSql {
  const y = chart.y === null ? '' : `CAST(${columnSql(table, chart.y)} AS DOUBLE)`;
  const series = chart.series === null ? 'CAST(NULL AS VARCHAR)' : `CAST(${columnSql(table, chart.series)} AS VARCHAR)`;
  const value = `CAST(${aggregateSql[chart.aggregate](y)} AS DOUBLE)`;
  // NaN and the infinities have no place on the axis: they leave a gap.
  return (from, wanted) => `SELECT ${axis.sql} AS x, ${series} AS series,
  CASE WHEN isfinite(${value}) THEN ${value} END AS y
FROM ${from}
WHERE ${axis.condition}${wanted}
GROUP BY ALL ORDER BY x`;
}

/** Every row is a point; of many rows every n-th one. */
function scatterSql(table: ResultTable, chart: Chart, axis: AxisPlan): PointsSql {
  const column = chart.y ?? 0;
  const type = table.columns[column]?.type ?? '';
  const y = columnSql(table, column);
  const series = chart.series === null ? 'CAST(NULL AS VARCHAR)' : `CAST(${columnSql(table, chart.series)} AS VARCHAR)`;
  const step = Math.ceil(table.rows / maxScatterPoints);
  return (from, wanted, position) => `SELECT x, series, y FROM (
  SELECT ${position} AS "row", ${axis.sql} AS x, ${series} AS series, ${measureSql(y, type)} AS y
  FROM ${from}
  WHERE ${axis.condition} AND ${isFiniteSql(y, type)}${wanted}
)
WHERE "row" % ${Math.max(1, step)} = 0 ORDER BY "row"`;
}

function toSeries(
  points: z.infer<typeof pointSchema>[],
  names: readonly string[],
  split: boolean,
): ChartData['series'] {
  return names.map((name) => ({
    name,
    points: points.flatMap(({ x, series, y }): [number, number | null][] =>
      !split || series === name ? [[x, y]] : [],
    ),
  }));
}

function noteOf(
  table: ResultTable,
  chart: Chart,
  axis: AxisPlan,
  names: { shown: readonly string[]; all: number } | null,
): string | null {
  const step = Math.ceil(table.rows / maxScatterPoints);
  const notes = [
    axis.note,
    chart.kind === 'scatter' && step > 1 ? `One in ${step.toLocaleString('en')} rows` : null,
    names && names.all > names.shown.length
      ? `The ${names.shown.length} ${isSum(chart) ? 'largest' : 'most frequent'} of ${names.all.toLocaleString('en')} series`
      : null,
  ].filter((note) => note !== null);
  return notes.length > 0 ? notes.join(' · ') : null;
}
