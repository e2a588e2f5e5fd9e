import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { Chart } from '../../../contract/result-work';
import { countSchema, readRows } from '../../sql/read-rows';
import type { AxisPlan } from './chart-axis-plan';
import { isOneOf, labelSql } from './chart-categories';
import { doubleSql } from '../../sql/column-kind';
import { columnSql, storedRows, type ResultTable, type RowSource } from '../result-table';

const maxSeries = 8;

/** The series of a chart, in which null stands for NULL. */
export interface SeriesPlan {
  readonly names: readonly (string | null)[];
  /** The series of a row, as text. */
  readonly text: (source: RowSource) => string;
  /** Condition for rows of the drawn series. */
  readonly condition: (source: RowSource) => string;
  readonly note: string | null;
}

/** Of many series, those that matter: the largest sums, or otherwise the most rows. */
export async function planSeries(
  table: ResultTable,
  chart: Chart,
  axis: AxisPlan,
  connection: DuckDBConnection,
): Promise<SeriesPlan | null> {
  const { series } = chart;
  if (series === null) return null;
  const type = table.columns[series]?.type ?? '';
  const text = ({ column }: RowSource) => labelSql(column(series), type);
  const stored = storedRows(table);
  const rows = await readRows(
    connection,
    `SELECT name, "all" FROM (
       SELECT name, weight, count(*) OVER () AS "all" FROM (
         SELECT ${text(stored)} AS name, ${weightSql(table, chart)} AS weight
         FROM ${stored.from} WHERE ${axis.condition(stored)} GROUP BY 1
       )
     ) ORDER BY weight DESC, name LIMIT ${maxSeries}`,
    z.object({ name: z.string().nullable(), all: countSchema }),
  );
  const names = rows.map(({ name }) => name);
  const all = rows[0]?.all ?? 0;
  const which = isSum(chart) ? 'largest' : 'most frequent';
  return {
    names,
    text,
    condition: (source) => isOneOf(text(source), names),
    note: all > names.length ? `The ${names.length} ${which} of ${all.toLocaleString('en')} series` : null,
  };
}

const isSum = ({ kind, aggregate, y }: Chart): boolean => kind !== 'scatter' && aggregate === 'sum' && y !== null;

function weightSql(table: ResultTable, chart: Chart): string {
  const { y } = chart;
  if (!isSum(chart) || y === null) return 'count(*)';
  const value = doubleSql(columnSql(table, y), table.columns[y]?.type ?? '');
  return `coalesce(sum(abs(${value})) FILTER (isfinite(${value})), 0)`;
}
