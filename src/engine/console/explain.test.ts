import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import type { PlanNode } from '../../contract/result-work';
import { openConsole } from '../testing/open-console';

const nodes = (node: PlanNode): PlanNode[] => [node, ...node.children.flatMap(nodes)];

/** Four days of four row groups each, 2,048 numbers per row group, in order over the days. */
async function openDays() {
  const { console, workspace } = await openConsole();
  const folder = path.join(workspace.folder, 'days');
  await mkdir(folder);
  const direct = await (await DuckDBInstance.create(':memory:')).connect();
  await direct.run(
    `COPY (SELECT i, 'text ' || i AS text, DATE '2025-01-01' + (i // 8192)::INTEGER AS date FROM range(32768) t(i))
     TO '${folder}' (FORMAT parquet, PARTITION_BY (date), ROW_GROUP_SIZE 2048, FILENAME_PATTERN 'numbers')`,
  );
  direct.closeSync();
  return {
    console,
    explain: (query: string) =>
      console.explain('plan', query.replaceAll('days', `read_parquet('${folder}/date=*/*.parquet')`)),
  };
}

const file = (day: number) => `days/date=2025-01-0${day}/numbers0.parquet`;

describe('a plan', () => {
  test('has operators with times and rows, and the files that a filter left to read', async () => {
    const { console } = await openConsole();
    const plan = await console.explain('tab', `SELECT count(*) FROM bronze_events WHERE date = '2025-01-07'`);
    expect(plan.totalMs).toBeGreaterThan(0);
    expect(nodes(plan.root).flatMap(({ files }) => files ?? [])).toEqual([{ read: 1, total: 2 }]);
    expect(plan.parquet.pruned).toEqual([expect.stringMatching(/^data\/events\/date=2025-01-06\/events-.*\.parquet$/)]);
    await expect(console.explain('tab', 'DROP TABLE x')).rejects.toMatchObject({ code: expect.stringMatching(/SQL_/) });
  });

  test.each([
    'SELECT count(*) FROM gold_daily_active_users',
    "SELECT count(*) FROM '$exports/gold_top_teams.parquet'",
    'SELECT count(*) FROM silver_events',
    'VALUES (1)',
    'VALUES (1), (2) ORDER BY 1',
    'SELECT 1 WHERE false',
    'PIVOT (SELECT i % 3 AS k, i FROM range(9) t(i)) ON k USING sum(i)',
    'FROM (PIVOT (SELECT i % 3 AS k, i FROM range(9) t(i)) ON k USING sum(i)) ORDER BY ALL',
    'WITH p AS (PIVOT (FROM silver_events) ON event_name USING count(*)) FROM p',
    'PIVOT (SELECT i % 3 AS k, i FROM range(9) t(i)) ON k IN (1, 2) USING sum(i)',
    'UNPIVOT (SELECT 1 AS a, 2 AS b) ON a, b INTO NAME n VALUE v',
  ])('is there for whatever can be run: %s', async (text) => {
    const { console, workspace } = await openConsole();
    const sql = text.replace('$exports', workspace.exportsFolder);
    const { result } = await console.run('run', sql);
    const plan = await console.explain('tab', sql);
    expect(plan.root.name).toMatch(/^[A-Z]/);
    expect(plan.root.rows).toBe(result?.rows);
    // The connection still works.
    expect((await console.run('tab', 'SELECT 1')).result?.rows).toBe(1);
  });

  test('takes values, also where no operator runs', async () => {
    const { console } = await openConsole();
    const parameters = { n: { type: 'BIGINT' as const, value: '7' } };
    const plan = await console.explain('tab', 'SELECT count(*) FROM range(20) WHERE range < $n', { parameters });
    expect(plan.root.rows).toBe(1);
    expect((await console.explain('tab', 'VALUES ($n)', { parameters })).root.rows).toBe(1);
  });

  test('names the files that were read and those that were pruned', async () => {
    const { explain } = await openDays();
    const { parquet } = await explain(`SELECT sum(i) FROM days WHERE date >= '2025-01-03'`);
    expect(parquet.pruned).toEqual([file(1), file(2)]);
    expect(parquet.opened).toEqual([
      { path: file(3), rowGroups: { read: 4, total: 4 }, rows: 8192, bytes: expect.any(Number) },
      { path: file(4), rowGroups: { read: 4, total: 4 }, rows: 8192, bytes: expect.any(Number) },
    ]);
    expect(parquet.opened.every(({ bytes }) => bytes > 1000)).toBe(true);
  });

  test.each([
    ['i = 3000', [1, 0, 0, 0]],
    ['i BETWEEN 7000 AND 9000', [1, 1, 0, 0]],
    [`text = 'nothing'`, [0, 0, 0, 0]],
    ['i > 30000', [0, 0, 0, 2]],
    ['i IN (5, 20000)', [1, 0, 1, 0]],
    ['i % 5000 = 7', [4, 4, 4, 4]],
  ])('tells how many row groups were read where %s', async (condition, read) => {
    const { explain } = await openDays();
    const { parquet } = await explain(`SELECT count(text) FROM days WHERE ${condition}`);
    expect(parquet.pruned).toEqual([]);
    expect(parquet.opened.map(({ rowGroups }) => rowGroups)).toEqual(read.map((count) => ({ read: count, total: 4 })));
    expect(parquet.opened.map(({ rows }) => rows)).toEqual(read.map((count) => count * 2048));
  });

  test('knows of a LIMIT that few rows were enough, and of count(*) that the footers were', async () => {
    const { explain } = await openDays();
    const limited = await explain('SELECT * FROM days LIMIT 3');
    expect(limited.parquet.opened.map(({ rowGroups: { read } }) => read)).toEqual([1]);
    const counted = await explain('SELECT count(*) FROM days');
    expect(counted.parquet.opened.map(({ bytes }) => bytes)).toEqual([0, 0, 0, 0]);
  });

  test('of one that reads no file has none, and several at once keep to their own', async () => {
    const { explain, console } = await openDays();
    const [none, some] = await Promise.all([
      console.explain('other', 'SELECT sum(range) FROM range(5000000)'),
      explain('SELECT sum(i) FROM days WHERE i < 10'),
    ]);
    expect(none.parquet).toEqual({ opened: [], pruned: [] });
    expect(some.parquet.opened).toHaveLength(4);
    const { result } = await console.run('tab', 'SELECT count(*) FROM duckdb_logs');
    expect(result?.rows).toBe(1);
    const window = await console.run('tab', `SELECT 1 FROM duckdb_logs`);
    expect(window.result?.rows, 'the log is emptied').toBe(0);
  });

  test('takes parameters', async () => {
    const { console } = await openConsole();
    const plan = await console.explain('tab', 'SELECT count(*) FROM bronze_events WHERE date = $day', {
      parameters: { day: { type: 'DATE', value: '2025-01-07' } },
    });
    expect(nodes(plan.root).flatMap(({ files }) => files ?? [])).toEqual([{ read: 1, total: 2 }]);
  });
});
