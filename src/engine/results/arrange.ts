import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { AppError } from '../../contract/app-error';
import type { Arrangement, FilterOperator, ResultFilter } from '../../contract/result-work';
import { countSchema, readRow } from '../sql/read-rows';
import { quoteIdentifier, quoteText } from '../sql/quote';
import { kindOf } from '../../contract/column-type';
import { readsBack } from '../sql/column-kind';
import { columnSql, storedRows, type ResultTable, type RowSource } from './result-table';

const comparisons: Partial<Record<FilterOperator, string>> = {
  equals: '=',
  'is not': 'IS DISTINCT FROM',
  greater: '>',
  'at least': '>=',
  less: '<',
  'at most': '<=',
};

/**
 * Sorts and filters a result without copying its rows: only their row ids are stored, in the temporary table `order`.
 * Equal rows keep the order of the statement.
 * @throws AppError INVALID_OPTIONS if the value of a filter isn't valid for its column
 */
export async function arrange(
  table: ResultTable,
  { sort, filters }: Arrangement,
  order: string,
  connection: DuckDBConnection,
): Promise<ResultTable> {
  for (const filter of filters) await checkValue(table, filter, connection);
  const condition =
    filters.length > 0
      ? (source: RowSource) => filters.map((filter) => conditionSql(table, filter, source)).join(' AND ')
      : null;
  const stored = storedRows(table);
  const { from, position } = stored;
  const keys = sort.map(
    ({ column, descending }) => `${columnSql(table, column)} ${descending ? 'DESC' : 'ASC'} NULLS LAST`,
  );
  const name = quoteIdentifier(order);
  await connection.run(
    `CREATE TEMP TABLE ${name} AS SELECT t.rowid AS row_id FROM ${from}
     ${condition === null ? '' : `WHERE ${condition(stored)}`} ORDER BY ${[...keys, position].join(', ')}`,
  );
  const counted = await readRow(
    connection,
    `SELECT count(*) AS rows FROM temp.${name}`,
    z.object({ rows: countSchema }),
  );
  return { ...table, rows: counted.rows, arranged: { order, sorted: sort.length > 0, condition } };
}

/** The value at a JSON path; NULL if there is none, or the text isn't valid JSON. */
function insideSql(column: string, type: string, path: string): string {
  if (kindOf(type) === 'nested') return `(to_json(${column}) ->> ${quoteText(path)})`;
  const text = `CAST(${column} AS VARCHAR)`;
  return `(CASE WHEN json_valid(${text}) THEN ${text} ->> ${quoteText(path)} END)`;
}

/** The expression that a filter compares: its column, or the value at its path. */
function comparedSql(
  table: ResultTable,
  { column, path }: ResultFilter,
  source: RowSource,
): [sql: string, type: string] {
  const type = table.columns[column]?.type ?? 'VARCHAR';
  const whole = source.column(column);
  return path === undefined ? [whole, type] : [insideSql(whole, type, path), 'VARCHAR'];
}

const literalSql = (value: string, type: string): string => `CAST(${quoteText(value)} AS ${type})`;

function conditionSql(table: ResultTable, filter: ResultFilter, source: RowSource): string {
  const { operator, value, path } = filter;
  const [compared, type] = comparedSql(table, filter, source);
  if (operator === 'is null') return `${compared} IS NULL`;
  if (operator === 'is not null') return `${compared} IS NOT NULL`;
  if (operator === 'contains') return `contains(lower(CAST(${compared} AS VARCHAR)), lower(${quoteText(value)}))`;
  const comparison = comparisons[operator] ?? '=';
  if (path !== undefined && isJsonNumber(value) && operator === 'equals') {
    return `${compared} IN (${quoteText(value)}, ${numberInside(value)})`;
  }
  if (!readsBack(type)) return `CAST(${compared} AS VARCHAR) ${comparison} ${quoteText(value)}`;
  return `${compared} ${comparison} ${literalSql(value, type)}`;
}

const isJsonNumber = (text: string): boolean => /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(text);

/** DuckDB normalizes numbers inside JSON (`1.50` becomes `1.5`), so the filter's value is normalized, too. */
const numberInside = (text: string): string => `(CAST(${quoteText(text)} AS JSON) ->> '$')`;

/** @throws AppError INVALID_OPTIONS if the value of a filter isn't valid for its column */
async function checkValue(table: ResultTable, filter: ResultFilter, connection: DuckDBConnection): Promise<void> {
  const { operator, value, path } = filter;
  const type = path === undefined ? (table.columns[filter.column]?.type ?? 'VARCHAR') : 'VARCHAR';
  if (!(operator in comparisons) || !readsBack(type)) return;
  await connection.run(`SELECT ${literalSql(value, type)}`).catch((error: unknown) => {
    throw new AppError('INVALID_OPTIONS', `“${value}” isn't a valid ${type}.`, {
      action: 'Use the same format as this column.',
      cause: error instanceof Error ? error.message : String(error),
    });
  });
}
