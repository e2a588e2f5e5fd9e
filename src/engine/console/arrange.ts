import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { AppError } from '../../contract/app-error';
import type { Arrangement, FilterOperator, ResultFilter } from '../../contract/result-work';
import { countSchema, readRow } from '../warehouse/read-rows';
import { quoteIdentifier, quoteText } from '../warehouse/sql-text';
import { kindOf, readsBack } from './column-kind';
import { columnSql, rowsOf, type ResultTable } from './result-table';

const comparisons: Partial<Record<FilterOperator, string>> = {
  equals: '=',
  differs: 'IS DISTINCT FROM',
  greater: '>',
  'at least': '>=',
  less: '<',
  'at most': '<=',
};

/**
 * Sorts and filters a result without copying its rows: only their row ids are kept, in the temporary table `order`.
 * Equal rows stay in the order of the statement.
 * @throws AppError INVALID_OPTIONS when the value of a filter can't be one of its column
 */
export async function arrange(
  table: ResultTable,
  { sort, filters }: Arrangement,
  order: string,
  connection: DuckDBConnection,
): Promise<ResultTable> {
  const conditions: string[] = [];
  for (const filter of filters) conditions.push(await conditionOf(table, filter, connection));
  const condition = conditions.length > 0 ? conditions.join(' AND ') : null;
  const { from, position } = rowsOf(table);
  const keys = sort.map(
    ({ column, descending }) => `${columnSql(table, column)} ${descending ? 'DESC' : 'ASC'} NULLS LAST`,
  );
  const name = quoteIdentifier(order);
  await connection.run(
    `CREATE TEMP TABLE ${name} AS SELECT t.rowid AS row_id FROM ${from}
     ${condition === null ? '' : `WHERE ${condition}`} ORDER BY ${[...keys, position].join(', ')}`,
  );
  const counted = await readRow(
    connection,
    `SELECT count(*) AS rows FROM temp.${name}`,
    z.object({ rows: countSchema }),
  );
  return { ...table, rows: counted.rows, arranged: { order, condition } };
}

/** What lies at a JSON path; NULL where there is nothing, or the text is no JSON. */
function insideSql(column: string, type: string, path: string): string {
  if (kindOf(type) === 'nested') return `(to_json(${column}) ->> ${quoteText(path)})`;
  const text = `CAST(${column} AS VARCHAR)`;
  return `(CASE WHEN json_valid(${text}) THEN ${text} ->> ${quoteText(path)} END)`;
}

async function conditionOf(table: ResultTable, filter: ResultFilter, connection: DuckDBConnection): Promise<string> {
  const { operator, value, path } = filter;
  const whole = columnSql(table, filter.column);
  const wholeType = table.columns[filter.column]?.type ?? 'VARCHAR';
  const [column, type] = path === undefined ? [whole, wholeType] : [insideSql(whole, wholeType, path), 'VARCHAR'];
  if (operator === 'is null') return `${column} IS NULL`;
  if (operator === 'is not null') return `${column} IS NOT NULL`;
  if (operator === 'contains') return `contains(lower(CAST(${column} AS VARCHAR)), lower(${quoteText(value)}))`;
  const comparison = comparisons[operator] ?? '=';
  if (!readsBack(type)) return `CAST(${column} AS VARCHAR) ${comparison} ${quoteText(value)}`;
  const literal = `CAST(${quoteText(value)} AS ${type})`;
  await connection.run(`SELECT ${literal}`).catch((error: unknown) => {
    throw new AppError('INVALID_OPTIONS', `“${value}” is no value of the type ${type}.`, {
      action: 'Write it as the cells of this column show theirs.',
      cause: error instanceof Error ? error.message : String(error),
    });
  });
  return `${column} ${comparison} ${literal}`;
}
