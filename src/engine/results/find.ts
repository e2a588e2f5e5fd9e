import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { findBlockRows, type FindRequest, type FoundBlocks, type FoundCells } from '../../contract/result-work';
import { quoteText } from '../sql/quote';
import { countSchema, readRows } from '../sql/read-rows';
import { columnSql, storedRows, stretchOf, type ResultTable } from './result-table';

type Search = Omit<FindRequest, 'resultId'>;

const blockSchema = z.object({ block: countSchema, count: countSchema });
const rowSchema = z.object({ row: countSchema, places: z.array(z.number()) });

/** Counts the cells that contain a text, by block of rows: the answer is small for a result of any size. */
export async function countFound(
  table: ResultTable,
  search: Search,
  connection: DuckDBConnection,
): Promise<FoundBlocks> {
  const { from, position } = storedRows(table);
  const counts = search.columns.map(
    (column) => `CAST(coalesce(${containsSql(table, column, search.text)}, false) AS INTEGER)`,
  );
  return readRows(
    connection,
    `SELECT block, CAST(sum(found) AS BIGINT) AS count
     FROM (SELECT ${position} // ${findBlockRows} AS block, ${counts.join(' + ')} AS found FROM ${from})
     WHERE found > 0 GROUP BY block ORDER BY block`,
    blockSchema,
  );
}

/** The cells of one block that contain the text, row by row. */
export async function foundInBlock(
  table: ResultTable,
  { text, columns }: Search,
  block: number,
  connection: DuckDBConnection,
): Promise<FoundCells> {
  const first = block * findBlockRows;
  const { position } = storedRows(table);
  const places = columns.map((column, place) => `CASE WHEN ${containsSql(table, column, text)} THEN ${place} END`);
  const rows = await readRows(
    connection,
    `SELECT ${position} AS row, list_filter([${places.join(', ')}], lambda place: place IS NOT NULL) AS places
     ${stretchOf(table, first, first + findBlockRows - 1)}`,
    rowSchema,
  );
  return rows.flatMap(({ row, places: found }) => found.map((place) => ({ row, column: columns[place] ?? 0 })));
}

/** NULL for NULL. */
function containsSql(table: ResultTable, column: number, text: string): string {
  const value = columnSql(table, column);
  const shown = table.columns[column]?.type === 'VARCHAR' ? value : `CAST(${value} AS VARCHAR)`;
  return `contains(lower(${shown}), lower(${quoteText(text)}))`;
}
