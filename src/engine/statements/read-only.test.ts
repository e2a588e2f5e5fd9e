import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openConsole } from '../testing/open-console';
import { gridRows } from '../testing/grid-rows';

const allowed = { allowChanges: true };

/** SQL that writes DuckDB's log into the events when it runs. */
const logging = (folder: string) =>
  `FROM enable_logging('QueryLog', storage := 'file', storage_path := '${folder}/data/events/date=2030-01-01')`;
const quoted = (sql: string) => sql.replaceAll("'", "''");

describe('the statement that is checked is the one that runs', () => {
  test.each([
    (sql: string) => `FROM query(CASE WHEN random() < 0.5 THEN 'SELECT 1' ELSE '${quoted(sql)}' END)`,
    (sql: string) => `FROM query(CASE WHEN current_query() LIKE 'EXPLAIN%' THEN 'SELECT 1' ELSE '${quoted(sql)}' END)`,
    (sql: string) =>
      `FROM query('FROM query(CASE WHEN random() < 0.5 THEN ''SELECT 1'' ELSE ''${quoted(quoted(sql))}'' END)')`,
    (sql: string) => `PIVOT (${sql}) ON Success`,
    (sql: string) => `FROM json_execute_serialized_sql(json_serialize_sql('${quoted(sql)}'))`,
    (sql: string) => `SELECT 1 WHERE false AND EXISTS (${sql})`,
    (sql: string) => `EXPLAIN ANALYZE (${sql}) LIMIT 3`,
  ])('%#', async (wrap) => {
    const { console, workspace } = await openConsole();
    const { folder } = workspace;
    const before = readdirSync(path.join(folder, 'data/events'));
    for (const options of [{}, allowed]) {
      for (let turn = 0; turn < 4; turn += 1) {
        await expect(console.run('tab', wrap(logging(folder)), options)).rejects.toMatchObject({
          code: 'SQL_READ_ONLY',
        });
      }
    }
    expect(readdirSync(path.join(folder, 'data/events'))).toEqual(before);
  });

  test.each([
    [`FROM query('SELECT ' || '1 AS a')`, [['1']]],
    [`FROM query_table('rows_of_two')`, [['1'], ['2']]],
    [`SELECT 'enable_logging(' AS text`, [['enable_logging(']]],
    [`SELECT doubled(i) FROM rows_of_two`, [['2'], ['4']]],
    [`FROM named_table('rows_of_two')`, [['1'], ['2']]],
    [
      `SELECT random() < 2, i FROM query('FROM rows_of_two')`,
      [
        ['true', '1'],
        ['true', '2'],
      ],
    ],
  ])('what only reads runs: %s', async (sql, rows) => {
    const { console } = await openConsole();
    for (const statement of [
      'CREATE VIEW rows_of_two AS FROM range(1, 3) t(i)',
      'CREATE MACRO doubled(x) AS x * 2',
      'CREATE MACRO named_table(name) AS TABLE FROM query_table(name)',
    ])
      await console.run('tab', statement, allowed);
    expect(await gridRows(console, sql)).toEqual(rows);
  });
});

describe('DuckDB does not see what it would act on', () => {
  test.each(['', '/* a */ ', '-- a\n', ';', '\u00a0', '\u200b'])(
    'EXPORT DATABASE makes no folder (%j)',
    async (before) => {
      const { console, workspace } = await openConsole();
      const { folder } = workspace;
      const target = `${folder}/data/events/date=2030-01-01`;
      for (const options of [{}, allowed]) {
        await expect(console.run('tab', `${before}EXPORT DATABASE '${target}'`, options)).rejects.toMatchObject({
          code: expect.stringMatching(/SQL_READ_ONLY|SQL_ERROR/),
        });
      }
      expect(existsSync(target)).toBe(false);
    },
  );

  test('in a model of the user’s neither, while it is built and while it is looked at again', async () => {
    const { warehouse, workspace } = await openConsole();
    const { folder } = workspace;
    const target = `${folder}/data/events/date=2030-01-01`;
    mkdirSync(path.join(folder, 'models'), { recursive: true });
    writeFileSync(path.join(folder, 'models/exported.sql'), `EXPORT DATABASE '${target}'`);
    writeFileSync(
      path.join(folder, 'models/chosen.sql'),
      `FROM query(CASE WHEN random() < 0.5 THEN 'SELECT 1 AS a' ELSE '${quoted(logging(folder))}' END)`,
    );
    for (let turn = 0; turn < 3; turn += 1) await warehouse.refresh();
    expect(existsSync(target)).toBe(false);
    expect((await warehouse.models()).filter(({ built }) => built === null).length).toBeGreaterThan(0);
  });
});

describe('EXPLAIN', () => {
  test.each([
    'EXPLAIN (SELECT 1) UNION ALL (SELECT 2)',
    'EXPLAIN (FROM silver_events) LIMIT 3',
    'EXPLAIN ANALYZE (SELECT 1) UNION ALL (SELECT 2)',
    'EXPLAIN (FORMAT json) (SELECT 1) UNION ALL (SELECT 2)',
    'EXPLAIN (ANALYZE) SELECT 1',
    'EXPLAIN/* a */(FORMAT json)SELECT 1',
  ])('%s', async (sql) => {
    const { console } = await openConsole();
    expect((await console.run('tab', sql)).result?.rows).toBe(1);
  });
});

describe('with “Allow changes”', () => {
  test('a statement that DuckDB splits into several runs as one', async () => {
    const { console, workspace } = await openConsole();
    const run = (sql: string) => console.run('tab', sql, allowed);
    await run("CREATE TABLE sales AS SELECT * FROM (VALUES ('a;b', 1), ('c', 2), ('c', 3)) t(shop, amount)");
    await run("CREATE TABLE p AS PIVOT (SELECT shop, amount, ';' AS s FROM sales) ON shop USING sum(amount)");
    expect(await gridRows(console, 'SELECT "a;b", c FROM p')).toEqual([['1', '5']]);
    await run("INSERT INTO p PIVOT (SELECT shop, amount, ';' AS s FROM sales) ON shop USING sum(amount)");
    expect(await gridRows(console, 'SELECT count(*) FROM p')).toEqual([['2']]);
    await run(`COPY (PIVOT sales ON shop USING sum(amount)) TO '${workspace.exportsFolder}/p.csv'`);
    expect(existsSync(path.join(workspace.exportsFolder, 'p.csv'))).toBe(true);
    await run('CREATE SEQUENCE ids');
    await run("ALTER TABLE sales ADD COLUMN id INT DEFAULT nextval('ids')");
    expect(await gridRows(console, 'SELECT id FROM sales ORDER BY id')).toEqual([['1'], ['2'], ['3']]);
  });

  test('nextval takes from a sequence; where changes are not allowed, the advice says how to allow them', async () => {
    const { console } = await openConsole();
    await console.run('tab', 'CREATE SEQUENCE ids', allowed);
    await console.run('tab', "SELECT nextval('ids')", allowed);
    await expect(console.run('tab', "SELECT nextval('ids')")).rejects.toMatchObject({
      code: 'SQL_READ_ONLY',
      details: { action: expect.stringContaining('Allow changes') },
    });
    await console.run('tab', "SELECT nextval('ids')", allowed);
    expect(await gridRows(console, "SELECT last_value FROM duckdb_sequences() WHERE sequence_name = 'ids'")).toEqual([
      ['2'],
    ]);
  });

  test('several statements are refused, whatever hides the end of one', async () => {
    const { console, workspace } = await openConsole();
    const { folder } = workspace;
    for (const sql of [
      `SELECT 1; EXPORT DATABASE '${folder}/data/events/e'`,
      `PIVOT range(2) ON range; EXPORT DATABASE '${folder}/data/events/e'`,
      `SELECT $a$;$a$; EXPORT DATABASE '${folder}/data/events/e'`,
    ]) {
      await expect(console.run('tab', sql, allowed)).rejects.toThrow();
      expect(existsSync(`${folder}/data/events/e`)).toBe(false);
    }
  });

  test.each([
    'CREATE MACRO sum(x) AS 42',
    'CREATE MACRO "+"(a, b) AS 42',
    'CREATE MACRO "~~"(a, b) AS true',
    'CREATE TEMP MACRO count_star() AS 42',
    'CREATE OR REPLACE MACRO memory.main.read_parquet(x) AS TABLE SELECT 42',
    'CREATE TYPE json AS INTEGER',
    'CREATE SCHEMA temp',
    "CREATE VIEW v AS FROM enable_logging('QueryLog')",
    "CREATE VIEW v AS FROM query(CASE WHEN random() < 0.5 THEN 'SELECT 1' ELSE 'SELECT 2' END)",
    'CREATE MACRO m(text) AS TABLE FROM query(text)',
  ])('%s is refused and leaves nothing', async (sql) => {
    const { console } = await openConsole();
    await expect(console.run('tab', sql, allowed)).rejects.toMatchObject({ code: 'SQL_READ_ONLY' });
    expect(await gridRows(console, "SELECT 1 + 1, sum(1), '1'::JSON, 'a' LIKE 'b'")).toEqual([
      ['2', '1', '1', 'false'],
    ]);
  });
});

describe('structs without names of fields', () => {
  test.each([
    ['SELECT (1, 2) AS t', '(1, 2)'],
    ["SELECT list_zip([1, 2], ['a', 'b'])", '[(1, a), (2, b)]'],
    ['SELECT max((d, n)) FROM (VALUES (1, 2), (3, 4)) v(d, n)', '(3, 4)'],
    ["SELECT MAP {'k': (1, [(2, NULL)])}", '{k=(1, [(2, NULL)])}'],
    ["SELECT {'a': (1, 2), 'b': 3}", "{'a': (1, 2), 'b': 3}"],
    ['SELECT CASE WHEN false THEN (1, 2) END', null],
    ['SELECT $x::INTEGER AS x, ($x, 2) AS t', '7'],
  ])('%s', async (sql, shown) => {
    const { console } = await openConsole();
    const parameters = { x: { type: 'BIGINT' as const, value: '7' } };
    const { result } = await console.run('tab', sql, sql.includes('$x') ? { parameters } : {});
    expect(result?.rows).toBe(1);
    if (!sql.includes('$x')) expect((await gridRows(console, sql))[0]?.[0]).toBe(shown);
  });

  test('are sorted, filtered, copied and profiled as the values that they are', async () => {
    const { console } = await openConsole();
    const { result } = await console.run('tab', 'SELECT (i, i % 2) AS t, i FROM range(8, 12) r(i)');
    const resultId = result?.resultId ?? '';
    const sorted = await console.results.arrange(resultId, { sort: [{ column: 0, descending: true }], filters: [] });
    const area = { firstRow: 0, lastRow: 1, columns: [0] };
    expect(await console.results.copy(sorted.resultId, { ...area, format: 'tsv', header: false })).toBe(
      '(11, 1)\n(10, 0)',
    );
    expect((await console.results.profile(resultId, 0)).distinct).toBe(4);
    await expect(console.results.copy(resultId, { ...area, format: 'json', header: false })).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
      message: expect.stringContaining('JSON'),
    });
  });

  test('are copied to CSV as text; other formats that need names of fields say so', async () => {
    const { console, workspace } = await openConsole();
    const file = path.join(workspace.exportsFolder, 'structs.csv');
    await console.run('tab', `COPY (SELECT (1, 2) AS t) TO '${file}'`, allowed);
    expect(readFileSync(file, 'utf8')).toBe('t\n"(1, 2)"\n');
    await expect(
      console.run('tab', `COPY (SELECT (1, 2) AS t) TO '${workspace.exportsFolder}/structs.parquet'`, allowed),
    ).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
  });

  test('come from JSON, too', async () => {
    const { console, workspace } = await openConsole();
    const { folder } = workspace;
    writeFileSync(path.join(folder, 'x.json'), '{"a":{"":1}}');
    expect(await gridRows(console, `FROM '${folder}/x.json'`)).toEqual([['(1)']]);
  });
});

describe('rejected lines of a CSV file are written nowhere', () => {
  test.each([
    (file: string) => `FROM read_csv('${file}', store_rejects = true, rejects_table = 'silver_events')`,
    (file: string) => `FROM read_csv('${file}', "REJECTS_TABLE" /* own */ := 'refresh_log')`,
    (file: string) => `FROM read_csv('${file}', rejects_scan => 'refresh_log')`,
    (file: string) => `DESCRIBE FROM read_csv('${file}', store_rejects = true)`,
    (file: string) => `FROM query('FROM read_csv(''${file}'', store_' || 'rejects = true)')`,
    (file: string) => `CREATE VIEW mine AS FROM read_csv('${file}', store_rejects = true)`,
    (file: string) => `CREATE MACRO mine(f) AS TABLE FROM read_csv(f, store_rejects = true)`.concat(` -- ${file}`),
    (file: string) => `CREATE TABLE mine AS FROM read_csv('${file}', store_rejects = true)`,
    (file: string) => `COPY (FROM read_csv('${file}', store_rejects = true)) TO 'exports/mine.csv'`,
  ])('%#', async (sql) => {
    const { console, workspace } = await openConsole();
    const file = path.join(workspace.folder, 'mine.csv');
    writeFileSync(file, 'a,b\n1,2\nx,y\n');
    for (const options of [{}, allowed]) {
      await expect(console.run('tab', sql(file), options)).rejects.toMatchObject({ code: 'SQL_READ_ONLY' });
    }
    const temporary = `SELECT table_name FROM system.main.duckdb_tables() WHERE temporary AND table_name NOT LIKE 'result%'`;
    expect(await gridRows(console, temporary)).toEqual([]);
  });

  test('by a model of the user in a refresh either', async () => {
    const { warehouse, workspace } = await openConsole();
    const file = path.join(workspace.folder, 'mine.csv');
    writeFileSync(file, 'a,b\n1,2\nx,y\n');
    mkdirSync(workspace.modelsFolder);
    writeFileSync(
      path.join(workspace.modelsFolder, 'mine.sql'),
      `FROM read_csv('${file}', columns = {a: 'INT', b: 'INT'}, rejects_table = 'refresh_log')`,
    );
    expect(await warehouse.refresh({ mode: 'full' })).toMatchObject({ status: 'succeeded', refreshId: 2 });
    expect((await warehouse.models()).find(({ name }) => name === 'gold_mine')?.problem?.message).toMatch(
      /ejected lines/,
    );
  });
});
