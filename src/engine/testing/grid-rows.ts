import type { DuckDBValue } from '@duckdb/node-api';
import type { Console } from '../console/console';

/** Rows of a statement run in the console, each value as the text in the grid; null is NULL. */
export async function gridRows(console: Console, sql: string): Promise<(string | null)[][]> {
  const { result } = await console.run('tab', sql);
  if (!result || result.rows === 0) return [];
  return Promise.all(
    Array.from({ length: result.rows }, (_, row) =>
      Promise.all(
        result.columns.map(async (_column, index) => (await console.results.cell(result.resultId, row, index)).text),
      ),
    ),
  );
}

/** A JavaScript value from DuckDB as text in the format of `shown`, in which a double has a decimal point. */
export function textLike(value: DuckDBValue, shown: string | null): string | null {
  if (value === null) return null;
  return typeof value === 'number' && Number(shown) === value ? shown : String(value);
}
