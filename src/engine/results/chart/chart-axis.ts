import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { Chart } from '../../../contract/result-work';
import { countSchema, readRow } from '../../sql/read-rows';
import type { AxisPlan, AxisSteps } from './chart-axis-plan';
import { planCategories } from './chart-categories';
import { timeSteps } from './chart-time';
import { kindOf } from '../../../contract/column-type';
import { isFiniteSql, measureSql } from '../../sql/column-kind';
import { columnSql, storedRows, type ResultTable, type RowSource } from '../result-table';

/** More points would fall on the same pixels. */
export const maxPlaces = 600;
const maxBars = 40;
const numberBins = 200;

const spanSchema = z.object({ places: countSchema, low: z.number().nullable(), high: z.number().nullable() });

/** Chooses the axis by the type of x and, if values must share places, by their span. */
export async function planAxis(
  table: ResultTable,
  { x, kind, y }: Pick<Chart, 'x' | 'kind' | 'y'>,
  connection: DuckDBConnection,
): Promise<AxisPlan> {
  const type = table.columns[x]?.type ?? '';
  const typeKind = kindOf(type);
  if (typeKind === 'nested' || typeKind === 'other') return planCategories(table, x, connection);
  const condition = (source: RowSource) => isFiniteSql(source.column(x), type);
  const stored = storedRows(table);
  const measure = measureSql(columnSql(table, x), type);
  const { places, low, high } = await readRow(
    connection,
    `SELECT count(DISTINCT ${columnSql(table, x)}) AS places, min(${measure}) AS low, max(${measure}) AS high
     FROM ${stored.from} WHERE ${condition(stored)}`,
    spanSchema,
  );
  if (typeKind === 'number' && kind === 'bar' && places <= maxBars && y !== x) {
    return planCategories(table, x, connection);
  }
  const exact = kind === 'scatter' || places <= maxPlaces;
  if (exact) return exactAxis(x, type, condition);
  const span = { low: low ?? 0, high: high ?? 0 };
  const steps = typeKind === 'time' ? timeSteps(type, span, maxPlaces) : numberSteps(type, span);
  const place = (source: RowSource) => steps.place(source.column(x));
  return { kind: steps.kind, place, key: place, condition, labels: [], note: steps.note };
}

/** Every value has its own place, including values that become equal as a DOUBLE. */
function exactAxis(x: number, type: string, condition: AxisPlan['condition']): AxisPlan {
  const zoned = type === 'TIMESTAMP WITH TIME ZONE';
  const isTime = kindOf(type) === 'time';
  return {
    kind: isTime ? (zoned ? 'instant' : 'time') : 'number',
    place: (source) => `${measureSql(source.column(x), type)}${isTime ? ' / 1000' : ''}`,
    key: (source) => source.column(x),
    condition,
    labels: [],
    note: null,
  };
}

function numberSteps(type: string, { low, high }: { readonly low: number; readonly high: number }): AxisSteps {
  const [from, to, width] = [double(low), double(high), high - low];
  const note = `In ${numberBins} equal steps`;
  if (Number.isFinite(width)) {
    const step = double(width / numberBins);
    return {
      kind: 'number',
      place: (column) => `${from} + floor((${measureSql(column, type)} - ${from}) / ${step}) * ${step}`,
      note,
    };
  }
  // The distance between the ends of DOUBLE doesn't fit into a DOUBLE.
  const step = double(high / numberBins - low / numberBins);
  const share = (column: string) => `floor(${measureSql(column, type)} / ${step} - ${from} / ${step}) / ${numberBins}`;
  return {
    kind: 'number',
    place: (column) => `${from} * (1 - ${share(column)}) + ${to} * (${share(column)})`,
    note,
  };
}

/** A number as SQL that DuckDB reads without rounding. */
const double = (value: number): string => `CAST('${value}' AS DOUBLE)`;
