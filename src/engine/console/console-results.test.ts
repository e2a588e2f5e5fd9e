import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { openConsole as open } from '../testing/open-console';

const letters = `SELECT * FROM (VALUES (3, 'c'), (1, 'a'), (NULL, ''), (2, NULL), (1, 'A')) t(n, letter)`;

describe('the first rows', () => {
  async function runInTab(sql: string) {
    const { console, rows } = await open();
    let firstRows: unknown[][] | null = null;
    const reading: Promise<void>[] = [];
    const { result } = await console.run('tab', sql, {
      onFirstRows: ({ resultId, rows: count }) =>
        void reading.push(rows(resultId, 0, count).then((read) => void (firstRows = read))),
    });
    await Promise.all(reading);
    return { firstRows, first: await rows(result?.resultId ?? '', 0, 500), rows: result?.rows };
  }

  test('of a plain SELECT come ahead and are those of the whole', async () => {
    const { firstRows, first, rows } = await runInTab(
      `SELECT i AS a, 'x' || i AS a FROM range(200000) t(i) WHERE i % 2 = 0`,
    );
    expect(rows).toBe(100_000);
    expect(firstRows).toHaveLength(500);
    expect(firstRows).toEqual(first);
  });

  test.each([
    'SELECT i, random() FROM range(5000) t(i)',
    'SELECT i % 3000 AS i, count(*) FROM range(5000) t(i) GROUP BY 1',
    'SELECT i FROM range(5000) t(i) ORDER BY hash(i)',
    'SELECT i FROM range(5000) t(i) USING SAMPLE 1000',
  ])('are not shown ahead where another run could give others: %s', async (sql) => {
    expect((await runInTab(sql)).firstRows).toBeNull();
  });

  test('that are long in coming are not waited for', async () => {
    const { firstRows, rows } = await runInTab('SELECT i FROM range(300000000) t(i) WHERE hash(i) % 200000000 = 3');
    expect(firstRows).toBeNull();
    expect(rows).toBeLessThan(500);
  });
});

describe('save as metric', () => {
  const metric = { name: 'daily_users', grain: 'one row per day', summary: 'Users\nof each day.' };

  test('writes a model that the next refresh builds', async () => {
    const { workspace, warehouse } = await open();
    const sql =
      'SELECT CAST(event_time AS DATE) AS day, count(DISTINCT user_id) AS users FROM silver_events GROUP BY ALL; -- done';
    expect(await warehouse.ownMetrics.save({ ...metric, sql })).toBe('models/daily_users.sql');
    expect(readFileSync(path.join(workspace.modelsFolder, 'daily_users.sql'), 'utf8')).toContain(
      '-- depends on: silver_events\n',
    );
    await warehouse.refresh();
    const model = (await warehouse.models()).find(({ name }) => name === 'gold_daily_users');
    expect(model).toMatchObject({
      summary: 'Users of each day.',
      dependsOn: ['silver_events'],
      problem: null,
      built: { rows: 2 },
    });
    await expect(warehouse.ownMetrics.save({ ...metric, sql })).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
  });

  test.each([
    'SELECT 1 AS a, 2 AS A',
    'DROP TABLE x',
    'SELECT nothing',
    'SELECT 1; SELECT 2',
    'SHOW TABLES',
    'SELECT (1, 2) AS pair',
  ])('refuses %s', async (sql) => {
    const { workspace, warehouse } = await open();
    await expect(warehouse.ownMetrics.save({ ...metric, sql })).rejects.toThrow();
    expect(existsSync(path.join(workspace.modelsFolder, 'daily_users.sql'))).toBe(false);
  });
});

test('closing a result drops its table, and another session knows nothing of it', async () => {
  const { console, results, run } = await open();
  const id = await run(letters);
  const sorted = await results.arrange(id, { sort: [{ column: 0, descending: true }], filters: [] });
  await console.close(sorted.resultId);
  await console.close(id);
  await expect(results.profile(id, 0)).rejects.toMatchObject({ code: 'RESULT_GONE' });
  const left = await console.run(
    'tab',
    `SELECT count(*) FROM system.main.duckdb_tables() WHERE table_name LIKE 'result%' OR table_name LIKE 'arranged%'`,
  );
  expect(left.result?.rows).toBe(1);
  const table = tableFromIPC(await console.window(left.result?.resultId ?? '', 0, 1));
  // Its own table is being created while it counts.
  expect(Number(table.getChildAt(0)?.get(0))).toBeLessThanOrEqual(1);
});
