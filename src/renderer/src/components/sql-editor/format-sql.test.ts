import { describe, expect, it } from 'vitest';
import { formatSql } from './format-sql';

/** In one line. */
const formatted = async (sql: string) => (await formatSql(sql)).replace(/\s+/g, ' ');

describe('formatSql', () => {
  it.each([
    ['select 1 as a,2 as b from range(3)', 'SELECT 1 AS a, 2 AS b FROM range(3)'],
    // A name keeps its case: it is the name of the result's column.
    ['select 1 as date, 2 as "select", x as Value, d.order', 'SELECT 1 AS date, 2 AS "select", x AS Value, d.order'],
    ['select left(a, 1), Year(b) from T', 'SELECT left(a, 1), Year(b) FROM T'],
    ["select properties->>'a' from t where x=-1", "SELECT properties ->> 'a' FROM t WHERE x = -1"],
    ['select $name, $1 from t where a = ?', 'SELECT $name, $1 FROM t WHERE a = ?'],
    ['-- keep this\nselect /* and this */ 1', '-- keep this SELECT /* and this */ 1'],
  ])('%s', async (sql, wanted) => {
    expect(await formatted(sql)).toBe(wanted);
  });

  // The formatter knows no operator |> and would part it.
  it.each(['FROM x |> y', 'select #1 from t', "select 'not closed"])(
    'refuses what it would change: %s',
    async (sql) => {
      await expect(formatSql(sql)).rejects.toThrow();
    },
  );
});
