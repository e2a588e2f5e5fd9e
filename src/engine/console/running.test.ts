import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parameterNames, splitStatements, statementAt } from '../../contract/text/sql-text';
import { gridRows, textLike } from '../testing/grid-rows';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import { Warehouse } from '../warehouse/warehouse';
import type { Console } from './console';

async function openConsole(options: { memoryLimitMb?: number } = {}): Promise<Console> {
  const workspace = await temporaryWorkspace();
  await writeEvents(workspace, [{ at: '2025-01-06 10:00:00' }, { at: '2025-01-07 11:00:00' }]);
  const warehouse = await Warehouse.open(workspace, modelsFolder, options);
  onTestFinished(() => warehouse.close());
  await warehouse.refresh();
  return warehouse.console;
}

const odd = [
  'SELECT 1;;;',
  ';SELECT 1',
  "SELECT ';' AS a -- ; not the end",
  "SELECT $$it's; $$ AS a",
  'SELECT $tag$ $$ ; $tag$ AS a',
  '/* outer /* inner ; */ still */ SELECT 2 AS b',
  'SELECT 1 AS "a;b", 2 AS "c""d"',
  "SELECT E'\\';' AS a",
  '(SELECT 1) UNION ALL (SELECT 2) ORDER BY 1',
  'FROM range(3)',
  'FROM range(3) SELECT range * 2 WHERE range > 0',
  "VALUES (1, NULL), (2, 'x')",
  'WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT * FROM t',
  'SELECT * EXCLUDE (b) FROM (SELECT 1 AS a, 2 AS b)',
  "SELECT COLUMNS('a.*') FROM (SELECT 1 AS aa, 2 AS ab, 3 AS c)",
  'SELECT unnest([1, 2, 3]) AS x, \'y\' AS "x"',
  'SELECT struct.a.b FROM (SELECT {a: {b: 7}} AS struct)',
  'SELECT list_transform([1, 2], lambda x: x + 1) AS l',
  'PIVOT (SELECT i % 3 AS k, i FROM range(9) t(i)) ON k USING sum(i)',
  'UNPIVOT (SELECT 1 AS a, 2 AS b) ON a, b INTO NAME n VALUE v',
  'SELECT DISTINCT ON (i % 2) i FROM range(6) t(i) ORDER BY i',
  'SELECT sum(i) OVER w FROM range(4) t(i) WINDOW w AS (ORDER BY i) ORDER BY i',
  'SELECT i FROM range(5) t(i) QUALIFY row_number() OVER (ORDER BY i DESC) <= 2 ORDER BY i',
  'SELECT * FROM range(3) a ASOF JOIN range(2) b ON a.range >= b.range ORDER BY ALL',
  'SELECT 1 WHERE false',
  'DESCRIBE SELECT 1 AS a',
  'SHOW TABLES FROM memory',
  'SELECT\n\n1\n\n\n',
  '\uFEFF SELECT 1'.slice(1),
  'select 1 as "select", 2 as "from"',
  'SELECT \'ä€😀\' AS "naïve 名"',
];

describe('odd statements give what DuckDB itself gives', () => {
  test.each(odd)('%s', async (sql) => {
    const console = await openConsole();
    const instance = await DuckDBInstance.create(':memory:');
    const direct = await instance.connect();
    onTestFinished(() => direct.closeSync());
    const expected = await direct.runAndReadAll(sql);
    const { result } = await console.run('tab', sql);
    expect(result?.rows).toBe(expected.currentRowCount);
    expect(result?.columns.map(({ name }) => name)).toEqual(expected.columnNames());
    expect(result?.columns.map(({ type }) => type)).toEqual(expected.columnTypes().map(String));
    const shown = await gridRows(console, sql);
    expect(shown).toEqual(
      expected.getRows().map((row, y) => row.map((value, x) => textLike(value, shown[y]?.[x] ?? null))),
    );
  });
});

describe('the text of several statements', () => {
  test.each(odd)('has one here: %s', (sql) => {
    expect(splitStatements(sql)).toHaveLength(1);
  });

  test('is split where DuckDB would, and the one at the cursor found', () => {
    const sql = "SELECT ';';\n-- ;\nSELECT 2 /* ; /* ; */ */;\n\nSELECT $$;$$";
    const statements = splitStatements(sql).map(({ from, to }) => sql.slice(from, to));
    expect(statements).toEqual(["SELECT ';'", 'SELECT 2', 'SELECT $$;$$']);
    expect(statementAt(sql, 3)?.from).toBe(0);
    expect(statementAt(sql, sql.length)?.to).toBe(sql.length);
  });

  test('names parameters, not what looks like one', () => {
    expect(parameterNames('SELECT $a, \'$b\', "$c", $$ $d $$, $a + $2 -- $e')).toEqual(['a', '2']);
    expect(parameterNames("SELECT $größe, $größe + ?, ?, '?', $ä$ $b ? $ä$ -- ?")).toEqual(['größe', '1', '2']);
  });
});

describe('cancel in every phase', () => {
  const slow = 'SELECT count(*) FROM range(10000000000) a, range(1000) b WHERE a.range % 7 = b.range';
  const sorting = 'SELECT hash(range) AS h FROM range(60000000) ORDER BY h';

  test.each([
    ['before it has begun', slow, 0],
    ['while it is parsed and planned', `SELECT ${'1 + '.repeat(20_000)}(${slow})`, 0],
    ['while it scans', slow, 1],
    ['while it sorts', sorting, 3],
    ['while its rows are kept', 'FROM range(300000000)', 2],
    ['while EXPLAIN ANALYZE runs it', `EXPLAIN ANALYZE ${slow}`, 1],
  ])('%s', async (_phase, sql, reports) => {
    const console = await openConsole();
    const controller = new AbortController();
    const signal = controller.signal;
    // Progress is reported ten times per second once the statement has started.
    let running: Promise<string | undefined> = Promise.resolve('not started');
    await new Promise<void>((resolve) => {
      let left = reports;
      const onProgress = () => (left -= 1) === 0 && resolve();
      running = console.run('tab', sql, { signal, resultId: 'cancelled', onProgress }).then(
        () => 'done',
        (error: { code?: string }) => error.code,
      );
      if (reports === 0) setImmediate(resolve);
    });
    controller.abort();
    await console.cancel('cancelled');
    expect(await running).toBe('CANCELLED');
    expect(await gridRows(console, 'SELECT 7 AS seven')).toEqual([['7']]);
  });

  const runAll = (console: Console, statements: readonly string[], onProgress = () => {}) =>
    statements.map((sql, index) =>
      console.run('tab', sql, { resultId: String(index), onProgress }).then(
        () => 'done',
        (error: { code?: string }) => error.code,
      ),
    );

  test('of a statement leaves those that wait behind it', async () => {
    const console = await openConsole();
    const codes = runAll(console, [slow, 'SELECT 1', 'SELECT 2']);
    await console.cancel('0');
    expect(await Promise.all(codes)).toEqual(['CANCELLED', 'done', 'done']);
  });

  test('by closing the session stops what waits in it, too', async () => {
    const console = await openConsole();
    let codes: Promise<string | undefined>[] = [];
    await new Promise<void>((resolve) => {
      codes = runAll(console, [slow, 'SELECT 1', 'SELECT 2'], resolve);
    });
    await console.closeSession('tab');
    expect(await Promise.all(codes)).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED']);
  });
});

test('a query that needs more memory than there is says so, and the next one runs', async () => {
  const console = await openConsole({ memoryLimitMb: 64 });
  const greedy = 'SELECT list(range) AS l FROM range(200000000)';
  await expect(console.run('tab', greedy)).rejects.toMatchObject({
    code: 'OUT_OF_MEMORY',
    details: { action: expect.any(String), cause: expect.stringContaining('Out of Memory') },
  });
  expect(await gridRows(console, 'SELECT 1 AS a')).toEqual([['1']]);
});

test('SQL of a megabyte runs', async () => {
  const console = await openConsole();
  const { result } = await console.run('tab', `SELECT i FROM range(3) t(i) WHERE i IN (${'1, '.repeat(330_000)}1)`);
  expect(result?.rows).toBe(1);
});

test('two hundred queries in a row leave nothing behind', async () => {
  const console = await openConsole();
  const memory: number[] = [];
  for (let count = 0; count < 240; count += 1) {
    const { result } = await console.run('tab', 'SELECT range AS i, hash(range) AS h FROM range(100000)');
    await console.window(result?.resultId ?? '', 99_000, 1_000);
    await console.close(result?.resultId ?? '');
    // The first twenty load code and warm caches.
    if (count === 20 || count === 239) memory.push(process.memoryUsage().rss);
  }
  expect((memory[1] ?? 0) / (memory[0] ?? 1)).toBeLessThan(1.2);
  const [[left] = []] = await gridRows(
    console,
    "SELECT count(*)::INT AS n FROM system.main.duckdb_tables() WHERE temporary AND table_name LIKE 'result%'",
  );
  // The counting query may see the table of its own result, which is being created.
  expect(Number(left)).toBeLessThanOrEqual(1);
});
