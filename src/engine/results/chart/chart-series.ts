import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { Chart } from '../../../contract/result-work';
import { countSchema, readRows } from '../../sql/read-rows';
import type { AxisPlan } from './chart-axis-plan';
import { isOneOf, labelSql } from './chart-categories';
import { doubleSql } from '../../sql/column-kind';
import { quoteText } from '../../sql/quote';
import { columnSql, storedRows, type ResultTable, type RowSource } from '../result-table';

/** More series can't be told apart; the rest of them is one. */
const maxSeries = 5;

/** The series of a chart, in which null stands for NULL. */
export interface SeriesPlan {
  /** The last one is that of all others, if `others` is. */
  readonly names: readonly (string | null)[];
  /** The name of the series of all others; null without one. */
  readonly others: string | null;
  /** The series of a row, as text. */
  readonly text: (source: RowSource) => string;
  readonly note: string | null;
}

/** Of many series, those that matter: the largest sums, or otherwise the most rows; the others are one series. */
export async function planSeries(
  table: ResultTable,
  chart: Chart,
  axis: AxisPlan,
  connection: DuckDBConnection,
): Promise<SeriesPlan | null> {
  const { series } = chart;
  if (series === null) return null;
  const type = table.columns[series]?.type ?? '';
  const label = ({ column }: RowSource) => labelSql(column(series), type);
  const stored = storedRows(table);
  const rows = await readRows(
    connection,
    `SELECT name, "all" FROM (
       SELECT name, weight, count(*) OVER () AS "all" FROM (
         SELECT ${label(stored)} AS name, ${weightSql(table, chart)} AS weight
         FROM ${stored.from} WHERE ${axis.condition(stored)} GROUP BY 1
       )
     ) ORDER BY weight DESC, name LIMIT ${maxSeries}`,
    z.object({ name: z.string().nullable(), all: countSchema }),
  );
  const largest = rows.map(({ name }) => name);
  const all = rows[0]?.all ?? 0;
  if (all <= largest.length) return { names: largest, others: null, text: label, note: null };
  const others = freeName(largest);
  const which = isSum(chart) ? 'largest' : 'most frequent';
  return {
    names: [...largest, others],
    others,
    text: (source) =>
      `CASE WHEN ${isOneOf(label(source), largest)} THEN ${label(source)} ELSE ${quoteText(others)} END`,
    note: `The ${largest.length} ${which} of ${all.toLocaleString('en')} series; ${others} has the rest`,
  };
}

/** A name for all others that none of the series has. */
function freeName(names: readonly (string | null)[]): string {
  let name = 'Other';
  while (names.includes(name)) name = `All ${name.toLowerCase()}`;
  return name;
}

const isSum = ({ kind, aggregate, y }: Chart): boolean => kind !== 'scatter' && aggregate === 'sum' && y !== null;

function weightSql(table: ResultTable, chart: Chart): string {
  const { y } = chart;
  if (!isSum(chart) || y === null) return 'count(*)';
  const value = doubleSql(columnSql(table, y), table.columns[y]?.type ?? '');
  return `coalesce(sum(abs(${value})) FILTER (isfinite(${value})), 0)`;
}
