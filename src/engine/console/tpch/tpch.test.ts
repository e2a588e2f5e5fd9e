import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { splitStatements } from '../../../contract/text/sql-text';
import { openConsole } from '../../testing/open-console';
import { gridRows, textLike } from '../../testing/grid-rows';

const statementsOf = (name: string) => {
  const sql = readFileSync(path.join(__dirname, name), 'utf8');
  return splitStatements(sql).map(({ from, to }) => sql.slice(from, to));
};

describe('the 22 queries of TPC-H', () => {
  test('give in the console what DuckDB itself gives', async () => {
    const queries = statementsOf('queries.sql');
    expect(queries).toHaveLength(22);

    const { console } = await openConsole();
    const direct = await (await DuckDBInstance.create(':memory:')).connect();
    for (const statement of statementsOf('tables.sql')) {
      await console.run('writer', statement, { allowChanges: true });
      await direct.run(statement);
    }

    const found: number[] = [];
    for (const [index, query] of queries.entries()) {
      const expected = (await direct.runAndReadAll(query)).getRows();
      const shown = await gridRows(console, query);
      const like = expected.map((row, y) => row.map((value, x) => textLike(value, shown[y]?.[x] ?? null)));
      expect(shown, `query ${index + 1}`).toEqual(like);
      found.push(shown.length);
    }
    // Empty results prove nothing; on these small tables only a few are allowed.
    expect(found.filter((rows) => rows > 0).length).toBeGreaterThanOrEqual(20);
  });
});
