import { describe, expect, test } from 'vitest';
import { findBlockRows } from '../../contract/result-work';
import { openConsole as open } from '../testing/open-console';

describe('a search in a result', () => {
  test('counts cells of the whole result by block, and lists those of one block row by row', async () => {
    const { results, run } = await open();
    const id = await run(
      "SELECT i AS n, CASE WHEN i % 1000 = 7 THEN 'Team Zürich' END AS team FROM range(100000) t(i)",
    );
    const search = { text: 'ZÜRICH', columns: [0, 1] };
    const blocks = await results.find(id, search);
    expect(blocks.reduce((sum, { count }) => sum + count, 0)).toBe(100);
    const last = blocks.at(-1)?.block ?? 0;
    expect(last).toBe(Math.floor(99_007 / findBlockRows));
    expect((await results.foundInBlock(id, search, last)).at(-1)).toEqual({ row: 99_007, column: 1 });
    expect(await results.foundInBlock(id, search, 0)).toEqual([
      { row: 7, column: 1 },
      { row: 1_007, column: 1 },
      { row: 2_007, column: 1 },
    ]);
  });

  test('reads values as they are shown, in the order of the columns on show, and no hidden column', async () => {
    const { results, run } = await open();
    const id = await run(
      "SELECT DATE '2025-01-31' AS day, 1.50::DECIMAL(9,2) AS price, {'a': '1.5'} AS nested, NULL AS nothing",
    );
    expect(await results.foundInBlock(id, { text: '1.5', columns: [2, 1, 0, 3] }, 0)).toEqual([
      { row: 0, column: 2 },
      { row: 0, column: 1 },
    ]);
    expect(await results.find(id, { text: '1.5', columns: [0, 1] })).toEqual([{ block: 0, count: 1 }]);
    expect(await results.find(id, { text: '01-31', columns: [0, 3] })).toEqual([{ block: 0, count: 1 }]);
    expect(await results.find(id, { text: 'null', columns: [0, 1, 2, 3] })).toEqual([]);
  });

  test('takes signs of patterns and of SQL as they are', async () => {
    const { results, run } = await open();
    const id = await run("SELECT * FROM (VALUES ('100%'), ('it''s'), ('a_b'), ('axb')) t(said)");
    for (const [text, row] of [
      ['%', 0],
      ["'s", 1],
      ['a_b', 2],
    ] as const) {
      expect(await results.foundInBlock(id, { text, columns: [0] }, 0), text).toEqual([{ row, column: 0 }]);
    }
  });

  test('follows the order and the filters of an arranged result', async () => {
    const { results, run } = await open();
    const id = await run('SELECT i AS n FROM range(50000) t(i)');
    const { resultId } = await results.arrange(id, {
      sort: [{ column: 0, descending: true }],
      filters: [{ column: 0, operator: 'less', value: '10000' }],
    });
    const search = { text: '9999', columns: [0] };
    expect(await results.find(resultId, search)).toEqual([{ block: 0, count: 1 }]);
    expect(await results.foundInBlock(resultId, search, 0)).toEqual([{ row: 0, column: 0 }]);
    const low = { text: '0', columns: [0] };
    expect((await results.find(resultId, low)).at(-1)?.block).toBe(Math.floor(9_999 / findBlockRows));
  });

  test('can be cancelled', async () => {
    const { results, run } = await open();
    const id = await run('SELECT hash(i) AS n, hash(i + 1) AS m FROM range(3000000) t(i)');
    const leaving = new AbortController();
    const found = results.find(id, { text: 'x', columns: [0, 1] }, { signal: leaving.signal });
    leaving.abort();
    await expect(found).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await results.find(id, { text: 'x', columns: [0] })).toEqual([]);
  });
});
