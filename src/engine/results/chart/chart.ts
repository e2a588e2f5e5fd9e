import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { AppError } from '../../../contract/app-error';
import type { Aggregate, Chart, ChartData } from '../../../contract/result-work';
import { readRows } from '../../sql/read-rows';
import { planAxis } from './chart-axis';
import type { AxisPlan } from './chart-axis-plan';
import { drawnLabels } from './chart-categories';
import { undrawnRows } from './chart-left-out';
import { planSeries, type SeriesPlan } from './chart-series';
import { kindOf } from '../../../contract/column-type';
import { averageSql, doubleSql, isFiniteSql, mayOverflow, measureSql } from '../../sql/column-kind';
import { storedRows, type ResultTable, type RowSource } from '../result-table';
import { shownRows } from '../shown-sql';

const maxScatterPoints = 4_000;

/** Sums and averages use DuckDB's own types, which are exact, unless they could overflow. */
const aggregateSql: Record<Aggregate, (value: string, type: string) => string> = {
  sum: (value, type) => (mayOverflow(type) ? `sum(${doubleSql(value, type)})` : `CAST(sum(${value}) AS DOUBLE)`),
  average: averageSql,
  min: (value, type) => doubleSql(`min(${value})`, type),
  max: (value, type) => doubleSql(`max(${value})`, type),
  count: () => 'CAST(count(*) AS DOUBLE)',
};

const numberSchema = z.custom<number>((value) => typeof value === 'number');
const pointSchema = z.object({ x: numberSchema, series: z.string().nullable(), y: numberSchema.nullable() });
type Point = z.infer<typeof pointSchema>;

/** How the points of a chart are computed from its rows. */
interface ChartPlan {
  readonly table: ResultTable;
  readonly chart: Chart;
  readonly axis: AxisPlan;
  readonly series: SeriesPlan | null;
}

/** Aggregates a result into the points of a chart; the rows stay here, whatever their number. */
export async function chartOf(table: ResultTable, chart: Chart, connection: DuckDBConnection): Promise<ChartData> {
  checkColumns(table, chart);
  const axis = await planAxis(table, chart, connection);
  const series = await planSeries(table, chart, axis, connection);
  const plan: ChartPlan = { table, chart, axis, series };
  const sql = chart.kind === 'scatter' ? scatterSql(plan) : groupedSql(plan);
  const points = await readRows(connection, sql(storedRows(table)), pointSchema);
  const notes = [
    axis.note,
    chart.kind === 'scatter' && rowStep(table) > 1 ? `One in ${rowStep(table).toLocaleString('en')} rows` : null,
    series?.note ?? null,
    ...(await undrawnRows(table, chart, axis, connection)),
    gapNote(points),
  ].filter((note) => note !== null);
  return {
    axis: axis.kind,
    labels: axis.labels,
    series: toSeries(points, plan),
    note: notes.length > 0 ? notes.join(' · ') : null,
    sql: sql(shownRows(table)),
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

type PointsSql = (source: RowSource) => string;

const seriesSql = (series: SeriesPlan | null, source: RowSource): string =>
  series ? series.text(source) : 'CAST(NULL AS VARCHAR)';

function groupedSql(plan: ChartPlan): PointsSql {
  const { table, axis, series } = plan;
  const { y, aggregate } = plan.chart;
  return (source) => {
    const place = axis.place(source);
    const key = axis.key(source);
    const value = aggregateSql[aggregate](y === null ? '' : source.column(y), table.columns[y ?? 0]?.type ?? '');
    return `SELECT ${place} AS x, ${seriesSql(series, source)} AS series, ${value} AS y
FROM ${source.from}
WHERE ${axis.condition(source)}
GROUP BY ${key === place ? '1' : key}, 2 ORDER BY 1`;
  };
}

const rowStep = ({ rows }: ResultTable): number => Math.max(1, Math.ceil(rows / maxScatterPoints));

/** Every row is a point; of many rows, every n-th one. */
function scatterSql(plan: ChartPlan): PointsSql {
  const { table, axis, series, chart } = plan;
  const column = chart.y ?? 0;
  const type = table.columns[column]?.type ?? '';
  return (source) => {
    const y = source.column(column);
    return `SELECT x, series, y FROM (
  SELECT ${source.position} AS "row", ${axis.place(source)} AS x, ${seriesSql(series, source)} AS series, ${measureSql(y, type)} AS y
  FROM ${source.from}
  WHERE ${axis.condition(source)} AND ${isFiniteSql(y, type)}
)
WHERE "row" % ${rowStep(table)} = 0 ORDER BY "row"`;
  };
}

/** NaN and infinities have no place on an axis and leave a gap. */
const drawn = (y: number | null): number | null => (y !== null && Number.isFinite(y) ? y : null);

function toSeries(points: readonly Point[], { table, chart, series }: ChartPlan): ChartData['series'] {
  const pointsOf = (wanted: (point: Point) => boolean) =>
    points.flatMap((point): [number, number | null][] => (wanted(point) ? [[point.x, drawn(point.y)]] : []));
  if (!series) return [{ name: yName(table, chart), points: pointsOf(() => true) }];
  const labels = drawnLabels(series.names);
  return series.names.map((name, index) => ({
    name: labels[index] ?? '',
    points: pointsOf((point) => point.series === name),
  }));
}

function gapNote(points: readonly Point[]): string | null {
  const gaps = points.filter(({ y }) => y !== null && !Number.isFinite(y)).length;
  if (gaps === 0) return null;
  return `${gaps.toLocaleString('en')} ${gaps === 1 ? 'value is' : 'values are'} NaN or infinite and not drawn`;
}
