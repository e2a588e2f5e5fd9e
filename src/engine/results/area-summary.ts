import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { AreaSummary, ResultArea } from '../../contract/result-work';
import { countSchema, readRow } from '../sql/read-rows';
import { kindOf } from '../../contract/column-type';
import { decimalDigits, doubleSql, isHuge, mayOverflow } from '../sql/column-kind';
import { columnSql, stretchWithoutOrder, type ResultTable } from './result-table';

const summarySchema = z.object({
  count: countSchema,
  sum: z.string().nullable(),
  average: z.string().nullable(),
  min: z.string().nullable(),
  max: z.string().nullable(),
});

/** How values of several columns are compared and summed together. */
interface Addition {
  /** Columns, by their index, and the expression for a value of each. */
  readonly columns: readonly number[];
  readonly valueSql: (column: number) => string;
  /** An expression over `v`; `NULL` for values that can't be summed. */
  readonly sumSql: string;
  readonly averageSql: string;
  /** Decimal places of a sum that is computed in whole numbers. */
  readonly scale: number;
}

/**
 * Count, sum, average, minimum and maximum of the selected cells; sums only of numbers, exact for whole numbers and
 * decimals of any size.
 */
export async function summariseArea(
  table: ResultTable,
  { firstRow, lastRow, columns }: Omit<ResultArea, 'resultId'>,
  connection: DuckDBConnection,
): Promise<AreaSummary> {
  const { columns: added, valueSql, sumSql, averageSql, scale } = additionOf(table, columns);
  const list = (expressions: readonly string[]) => `unnest([${expressions.join(', ')}])`;
  const values = added.length > 0 ? list(added.map(valueSql)) : 'NULL';
  const shown = added.length > 0 ? list(added.map(comparedSql(table, added))) : 'NULL';
  const rows = stretchWithoutOrder(table, firstRow, lastRow);
  const counts = columns.map((column) => `count(${columnSql(table, column)})`);
  const summary = await readRow(
    connection,
    `SELECT (SELECT ${counts.join(' + ')} ${rows}) AS count,
       CAST(${sumSql} AS VARCHAR) AS sum, CAST(${averageSql} AS VARCHAR) AS average,
       CAST(min(shown) AS VARCHAR) AS min, CAST(max(shown) AS VARCHAR) AS max
     FROM (SELECT ${values} AS v, ${shown} AS shown ${rows})`,
    summarySchema,
  );
  const rowCount = Math.max(0, Math.min(lastRow, table.rows - 1) - firstRow + 1);
  return { cells: rowCount * columns.length, ...summary, sum: withPoint(summary.sum, scale) };
}

/** The numeric columns; if there are none, all columns, provided they have one comparable type. */
function additionOf(table: ResultTable, columns: readonly number[]): Addition {
  const typeOf = (column: number) => table.columns[column]?.type ?? '';
  const own = (column: number) => columnSql(table, column);
  const numbers = columns.filter((column) => kindOf(typeOf(column)) === 'number');
  if (numbers.length === 0) {
    const alike = columns.every((column) => typeOf(column) === typeOf(columns[0] ?? 0));
    return { columns: alike ? columns : [], valueSql: own, sumSql: 'NULL', averageSql: 'NULL', scale: 0 };
  }
  const types = [...new Set(numbers.map(typeOf))];
  if (!types.every(isExact)) return inDoubles(table, numbers, types);
  // DuckDB's own sum of one type, and of integers, is exact. A type for integers and decimals, or decimals of several
  // sizes, may be too narrow for some of them.
  if (!types.some(mayOverflow) && (types.length === 1 || types.every(isInteger))) {
    return { columns: numbers, valueSql: own, sumSql: 'sum(v)', averageSql: 'avg(v)', scale: 0 };
  }
  const scaleOf = (column: number) => decimalDigits(typeOf(column))?.scale ?? 0;
  const scale = Math.max(...numbers.map(scaleOf));
  const unscaled = (column: number) =>
    `CAST(replace(CAST(${own(column)} AS VARCHAR), '.', '') || '${'0'.repeat(scale - scaleOf(column))}' AS BIGNUM)`;
  return {
    columns: numbers,
    sumSql: 'sum(v)',
    averageSql: `avg(TRY_CAST(CAST(v AS VARCHAR) AS DOUBLE)) / 1e${scale}`,
    scale,
    valueSql: unscaled,
  };
}

const isInteger = (type: string): boolean => isHuge(type) || /INT/.test(type);
const isExact = (type: string): boolean => isInteger(type) || decimalDigits(type) !== null;

/** Summed with compensation, so that the result doesn't depend on the order or on the number of threads. */
function inDoubles(table: ResultTable, columns: readonly number[], types: readonly string[]): Addition {
  const compensated = (plain: string, exact: string) => `CASE WHEN isfinite(${plain}) THEN ${exact} ELSE ${plain} END`;
  return {
    columns,
    valueSql: (column) =>
      types.length === 1
        ? columnSql(table, column)
        : doubleSql(columnSql(table, column), table.columns[column]?.type ?? ''),
    sumSql: compensated('sum(v)', 'fsum(v)'),
    averageSql: compensated('avg(v)', 'favg(v)'),
    scale: 0,
  };
}

/** Values of several types as one comparable type; their own if it is the same. */
function comparedSql(table: ResultTable, columns: readonly number[]): (column: number) => string {
  const types = new Set(columns.map((column) => table.columns[column]?.type ?? ''));
  if (types.size === 1 || ![...types].some(mayOverflow)) return (column) => columnSql(table, column);
  return (column) => doubleSql(columnSql(table, column), table.columns[column]?.type ?? '');
}

/** Puts the decimal point back into a sum of whole numbers. */
function withPoint(sum: string | null, scale: number): string | null {
  if (sum === null || scale === 0) return sum;
  const digits = sum.replace('-', '').padStart(scale + 1, '0');
  return `${sum.startsWith('-') ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
