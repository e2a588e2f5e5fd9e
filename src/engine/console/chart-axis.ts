import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { Chart, ChartData } from '../../contract/result-work';
import { countSchema, readRow, readRows } from '../warehouse/read-rows';
import { quoteText } from '../warehouse/sql-text';
import { isFiniteSql, kindOf, measureSql } from './column-kind';
import { columnSql, rowsOf, type ResultTable } from './result-table';

/** How the values of a column become places on the x axis. */
export interface AxisPlan {
  readonly kind: ChartData['axis'];
  /** The place: milliseconds, a number, or an index into `labels`. */
  readonly sql: string;
  /** Rows that have a place. */
  readonly condition: string;
  readonly labels: string[];
  readonly note: string | null;
}

/** More points than that would fall on the same pixels. */
const maxPlaces = 600;
const maxCategories = 40;
const numberBins = 200;

/** From the finest to the coarsest, in microseconds. */
const timeSteps = [
  ['second', 1e6],
  ['minute', 60e6],
  ['hour', 3_600e6],
  ['day', 86_400e6],
  ['week', 7 * 86_400e6],
  ['month', 30 * 86_400e6],
  ['year', 365 * 86_400e6],
] as const;

const spanSchema = z.object({ places: countSchema, low: z.number().nullable(), high: z.number().nullable() });

/** Decides the axis from the type of x and, where values must share a place, from their span. */
export async function planAxis(
  table: ResultTable,
  { x, kind, y }: Pick<Chart, 'x' | 'kind' | 'y'>,
  connection: DuckDBConnection,
): Promise<AxisPlan> {
  const type = table.columns[x]?.type ?? '';
  const column = columnSql(table, x);
  const typeKind = kindOf(type);
  if (typeKind === 'nested' || typeKind === 'other') return categories(table, x, connection);
  const condition = isFiniteSql(column, type);
  const measure = measureSql(column, type);
  const span = await readRow(
    connection,
    `SELECT count(DISTINCT ${column}) AS places, min(${measure}) AS low, max(${measure}) AS high
     FROM ${rowsOf(table).from} WHERE ${condition}`,
    spanSchema,
  );
  if (typeKind === 'number' && kind === 'bar' && span.places <= maxCategories && y !== x) {
    return categories(table, x, connection);
  }
  const width = (span.high ?? 0) - (span.low ?? 0);
  const exact = kind === 'scatter' || span.places <= maxPlaces;
  if (typeKind === 'time') return { ...timeAxis(column, width, exact), condition, labels: [] };
  if (exact) return { kind: 'number', sql: measure, condition, labels: [], note: null };
  const step = width / numberBins;
  return {
    kind: 'number',
    sql: `${span.low} + floor((${measure} - ${span.low}) / ${step}) * ${step}`,
    condition,
    labels: [],
    note: `In ${numberBins} equal steps`,
  };
}

function timeAxis(column: string, width: number, exact: boolean): Pick<AxisPlan, 'kind' | 'sql' | 'note'> {
  const time = `CAST(${column} AS TIMESTAMP)`;
  if (exact) return { kind: 'time', sql: `epoch_us(${time}) / 1000`, note: null };
  const [unit] = timeSteps.find(([, micros]) => width / micros <= maxPlaces) ?? ['year'];
  return { kind: 'time', sql: `CAST(epoch_ms(date_trunc('${unit}', ${time})) AS DOUBLE)`, note: `By ${unit}` };
}

/** In the order in which the result has them; of many values the most frequent. Numbers stand in their own order. */
async function categories(table: ResultTable, x: number, connection: DuckDBConnection): Promise<AxisPlan> {
  const column = columnSql(table, x);
  const { from, position } = rowsOf(table);
  const order = kindOf(table.columns[x]?.type ?? '') === 'number' ? `min(${column})` : `min(${position})`;
  const rows = await readRows(
    connection,
    `SELECT label FROM (
       SELECT CAST(${column} AS VARCHAR) AS label, count(*) AS count, ${order} AS place
       FROM ${from} WHERE ${column} IS NOT NULL GROUP BY 1 ORDER BY count DESC, place LIMIT ${maxCategories}
     ) ORDER BY place`,
    z.object({ label: z.string() }),
  );
  const { places } = await readRow(
    connection,
    `SELECT count(DISTINCT ${column}) AS places FROM ${from}`,
    z.object({ places: countSchema }),
  );
  const labels = rows.map(({ label }) => label);
  const list = `[${labels.map(quoteText).join(', ')}]`;
  const text = `CAST(${column} AS VARCHAR)`;
  return {
    kind: 'category',
    sql: `CAST(list_position(${list}, ${text}) - 1 AS DOUBLE)`,
    condition: labels.length > 0 ? `${text} IN (${labels.map(quoteText).join(', ')})` : 'false',
    labels,
    note: places > labels.length ? `The ${labels.length} most frequent of ${places.toLocaleString('en')} values` : null,
  };
}
