import { existsSync } from 'node:fs';
import path from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { describe, expect, onTestFinished, test } from 'vitest';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import { Warehouse } from '../warehouse/warehouse';
import type { Console } from './console';

async function openConsole(): Promise<{ console: Console; folder: string }> {
  const workspace = await temporaryWorkspace();
  await writeEvents(workspace, [{ at: '2025-01-06 10:00:00' }, { at: '2025-01-07 11:00:00.123456' }]);
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  await warehouse.refresh();
  return { console: warehouse.console, folder: workspace.folder };
}

/** Runs `sql` and reads its first rows when they arrive. */
async function rowsOf(console: Console, sql: string): Promise<unknown[][]> {
  const { result } = await console.run('tab', sql);
  const table = tableFromIPC(await console.window(result?.resultId ?? '', 0, 100));
  return table.toArray().map((row) => Object.values(row.toJSON()));
}

describe('a result', () => {
  test('has names, types, a row count, and windows in the order of the statement', async () => {
    const { console } = await openConsole();
    const { kind, result } = await console.run(
      'tab',
      'SELECT i, i * 2 AS double FROM range(100000) t(i) ORDER BY i DESC',
    );
    expect(kind).toBe('SELECT');
    expect(result).toMatchObject({
      rows: 100_000,
      columns: [
        { name: 'i', type: 'BIGINT' },
        { name: 'double', type: 'BIGINT' },
      ],
    });
    const window = tableFromIPC(await console.window(result?.resultId ?? '', 50_000, 3));
    expect(window.toArray().map((row) => row.toJSON()[0])).toEqual([49_999n, 49_998n, 49_997n]);
  });

  test('keeps integers, microseconds, nulls and nested values exact', async () => {
    const { console } = await openConsole();
    const sql = `SELECT 9007199254740993 AS big, 170141183460469231731687303715884105727::HUGEINT AS huge, 1.10::DECIMAL(9,2) AS price,
      NULL AS nothing, '' AS empty, [1, 2] AS list, {'a': 1} AS struct, true AS yes, DATE '2025-01-31' AS day`;
    const { result } = await console.run('tab', sql);
    const table = tableFromIPC(await console.window(result?.resultId ?? '', 0, 1));
    const values = result?.columns.map((_, index) => table.getChildAt(index)?.get(0));
    expect(values?.slice(0, 8)).toEqual([
      9007199254740993n,
      '170141183460469231731687303715884105727',
      '1.10',
      null,
      '',
      '[1, 2]',
      "{'a': 1}",
      true,
    ]);
    expect(new Date(Number(values?.[8])).toISOString()).toBe('2025-01-31T00:00:00.000Z');
  });

  test('carries timestamps as microseconds', async () => {
    const { console } = await openConsole();
    const { result } = await console.run('tab', 'SELECT event_time FROM silver_events ORDER BY 1 DESC');
    const table = tableFromIPC(await console.window(result?.resultId ?? '', 0, 10));
    expect(table.getChildAt(0)?.data[0]?.values[0]).toBe(BigInt(Date.parse('2025-01-07T11:00:00Z')) * 1000n + 123456n);
  });

  test('may repeat column names', async () => {
    const { console } = await openConsole();
    const { result } = await console.run('tab', 'SELECT 1 AS a, 2 AS a');
    expect(result?.columns.map(({ name }) => name)).toEqual(['a', 'a']);
  });

  test('without rows or of a long text is served too', async () => {
    const { console } = await openConsole();
    expect(await rowsOf(console, 'SELECT 1 WHERE false')).toEqual([]);
    expect((await rowsOf(console, "SELECT repeat('x', 5000)"))[0]?.[0]).toHaveLength(2001);
  });

  test('is gone once it is closed', async () => {
    const { console } = await openConsole();
    const { result } = await console.run('tab', 'SELECT 1');
    await console.close(result?.resultId ?? '');
    await expect(console.window(result?.resultId ?? '', 0, 1)).rejects.toMatchObject({ code: 'RESULT_GONE' });
  });
});

test.each([
  ['SHOW gold_weekly_active_teams', 2],
  ['DESCRIBE silver_events', 6],
  ['SUMMARIZE silver_events', 6],
  ['EXPLAIN SELECT 1', 1],
  ['EXPLAIN ANALYZE SELECT 1', 1],
  ['PRAGMA version', 1],
  ['FROM silver_events', 2],
  ['SELECT 1; -- the end', 1],
  ['VALUES (1), (2)', 2],
  ['WITH a AS (SELECT 1) SELECT * FROM a;', 1],
  ['PIVOT (FROM range(6) t(i)) ON i % 3 USING count(*)', 1],
  ["SELECT ';--' AS text /* ; */ ;", 1],
])('%s yields %i rows', async (sql, rows) => {
  const { console } = await openConsole();
  expect((await console.run('tab', sql)).result?.rows).toBe(rows);
});

describe('statements that would write are refused, and nothing is written', () => {
  test.each([
    'CREATE TABLE x (i INT)',
    'DROP TABLE gold_weekly_active_teams',
    'DELETE FROM refresh_log',
    "COPY (SELECT 1) TO 'out.csv'",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '$folder/out.csv'",
    "EXPLAIN (ANALYZE) COPY (SELECT 1) TO '$folder/out.csv'",
    "/* x */ EXPLAIN /* y */ ANALYZE COPY (SELECT 1) TO '$folder/out.csv'",
    'SET threads = 1',
    'COMMIT',
    "ATTACH '$folder/other.duckdb'",
    'INSTALL httpfs',
    'CHECKPOINT',
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM read_text('$folder/../x')",
  ])('%s', async (template) => {
    const { console, folder } = await openConsole();
    const sql = template.replace('$folder', folder);
    await expect(console.run('tab', sql)).rejects.toMatchObject({
      code: expect.stringMatching(/SQL_READ_ONLY|SQL_ERROR/),
    });
    expect(existsSync(path.join(folder, 'out.csv')) || existsSync(path.join(folder, 'other.duckdb'))).toBe(false);
    expect(await rowsOf(console, 'SELECT count(*) FROM gold_weekly_active_teams')).toEqual([[1n]]);
  });
});

describe('an error says where it is', () => {
  test.each([
    ['SELEC 1', 1, 1],
    ['SELECT\n  nothing_here\nFROM silver_events', 2, 3],
    ["SELECT 1 +\n   CAST('a' AS INT)", 2, 4],
    [`SELECT ${'1 + '.repeat(60)} wrong_name FROM silver_events`, 1, 249],
  ])('%s', async (sql, line, column) => {
    const { console } = await openConsole();
    await expect(console.run('tab', sql)).rejects.toMatchObject({
      code: 'SQL_ERROR',
      details: { position: { line, column } },
    });
  });

  test('in words when there is no statement, or more than one', async () => {
    const { console } = await openConsole();
    await expect(console.run('tab', ' -- nothing\n;')).rejects.toMatchObject({
      message: "There's no statement to run.",
    });
    await expect(console.run('tab', 'SELECT 1; SELECT 2')).rejects.toMatchObject({
      message: 'This contains 2 statements.',
    });
  });
});

describe('cancel', () => {
  const endless = 'SELECT count(*) FROM range(10000000000) a, range(1000) b WHERE a.range % 7 = b.range';

  test('stops a long query; the session goes on', async () => {
    const { console } = await openConsole();
    const controller = new AbortController();
    const running = console.run('tab', endless, { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await rowsOf(console, 'SELECT 7')).toEqual([[7]]);
  });

  test('comes with the end of the session', async () => {
    const { console } = await openConsole();
    let ended: Promise<void> | undefined;
    const running = console.run('other', endless, { onProgress: () => void (ended ??= console.closeSession('other')) });
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    await ended;
  });
});
