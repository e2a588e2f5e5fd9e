import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { describe, expect, onTestFinished, test } from 'vitest';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import { Warehouse } from '../warehouse/warehouse';
import type { Console } from './console';

async function openConsole(): Promise<{ console: Console; folder: string }> {
  const workspace = await temporaryWorkspace();
  await writeEvents(workspace, [{ at: '2025-01-06 10:00:00' }, { at: '2025-01-07 11:00:00' }]);
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  await warehouse.refresh();
  return { console: warehouse.console, folder: workspace.folder };
}

const allowed = { allowChanges: true };

async function valueOf(console: Console, sql: string): Promise<unknown> {
  const { result } = await console.run('reader', sql);
  return tableFromIPC(await console.window(result?.resultId ?? '', 0, 1))
    .getChildAt(0)
    ?.get(0);
}

/** Every event file with its size, to detect added, removed and changed files. */
function eventFiles(folder: string): string[] {
  const events = path.join(folder, 'data/events');
  return readdirSync(events)
    .flatMap((day) => readdirSync(path.join(events, day)).map((file) => `${day}/${file}`))
    .map((file) => `${file} ${readFileSync(path.join(events, file)).length}`)
    .toSorted();
}

describe('a tab that allows changes', () => {
  test('changes tables, and every other session sees it', async () => {
    const { console } = await openConsole();
    await console.run('tab', 'CREATE TABLE notes (id INT, text VARCHAR)', allowed);
    expect(await console.run('tab', "INSERT INTO notes VALUES (1, 'a'), (2, 'b')", allowed)).toMatchObject({
      kind: 'INSERT',
      changedRows: 2,
      result: null,
    });
    await console.run('tab', "UPDATE notes SET text = 'z' WHERE id = 2", allowed);
    expect(await valueOf(console, 'SELECT string_agg(text ORDER BY id) FROM notes')).toBe('a,z');
    const returned = await console.run('tab', 'DELETE FROM notes RETURNING id, text', allowed);
    expect(returned).toMatchObject({ kind: 'DELETE', changedRows: 2, result: { rows: 2 } });
    expect(returned.result?.columns.map(({ name }) => name)).toEqual(['id', 'text']);
    await console.run('tab', 'DROP TABLE notes', allowed);
    await expect(console.run('tab', 'FROM notes')).rejects.toMatchObject({ code: 'SQL_ERROR' });
  });

  test('reads as any other', async () => {
    const { console } = await openConsole();
    expect(await console.run('tab', 'FROM silver_events', allowed)).toMatchObject({
      changedRows: null,
      result: { rows: 2 },
    });
  });

  test.each([
    ["COPY silver_events TO '$folder/exports/all.csv'", 'all.csv'],
    ["COPY (SELECT 1 AS a) TO '$folder/exports/one.parquet' (FORMAT parquet)", 'one.parquet'],
    ["copy gold_weekly_active_teams (week) to '$folder/exports/weeks.json';", 'weeks.json'],
    ["/* TO 'x' */ COPY (SELECT 'TO' AS \"to\") -- TO\n TO '$folder/exports/to.csv' (HEADER)", 'to.csv'],
    ["COPY (SELECT [1, 2] AS l, TIMETZ '10:00:00+01' AS t) TO '$folder/exports/types.csv'", 'types.csv'],
  ])('writes to exports: %s', async (template, file) => {
    const { console, folder } = await openConsole();
    const { changedRows } = await console.run('tab', template.replace('$folder', folder), allowed);
    expect(changedRows).toBeGreaterThan(0);
    expect(existsSync(path.join(folder, 'exports', file))).toBe(true);
    expect(readdirSync(folder).filter((name) => name.includes('.copy-'))).toEqual([]);
  });

  test.each([
    "COPY silver_events TO '$folder/data/events/date=2025-01-06/evil.parquet'",
    "COPY silver_events TO '$folder/exports/../data/events/evil.parquet'",
    "COPY silver_events TO '$folder/micro_warehouse.duckdb'",
    "COPY (SELECT DATE '2025-01-06' AS date, 1 AS x) TO '$folder/data/events' (FORMAT parquet, PARTITION_BY (date), OVERWRITE)",
    "COPY (SELECT 1 AS a) TO '$folder/exports' (FORMAT parquet, PARTITION_BY (a), FILENAME_PATTERN '../../data/events/evil', OVERWRITE_OR_IGNORE)",
    "COPY (SELECT 1) TO '/tmp/evil.csv'",
    "COPY gold_weekly_active_teams FROM '$folder/exports/gold_weekly_active_teams.parquet'",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '$folder/data/events/evil.csv'",
    "EXPORT DATABASE '$folder/data/events/evil'",
    "ATTACH '$folder/data/events/evil.duckdb'",
    "PREPARE p AS COPY (SELECT 1) TO '$folder/data/events/evil.csv'",
    'COPY FROM DATABASE micro_warehouse TO memory',
    'INSTALL httpfs',
    'LOAD json',
    'SET threads = 1',
    "PRAGMA profiling_output = '$folder/data/events/evil.json'",
    'BEGIN',
    'DETACH micro_warehouse',
    "CREATE TABLE x AS FROM enable_logging('QueryLog', storage := 'file', storage_path := '$folder/data/events')",
    "INSERT INTO refresh_days FROM query('FROM enable_logging()')",
    "CREATE TABLE x AS FROM '/etc/passwd'",
  ])('never touches the events, other files or the process: %s', async (template) => {
    const { console, folder } = await openConsole();
    const before = eventFiles(folder);
    const sql = template.replaceAll('$folder', folder);
    await expect(console.run('tab', sql, allowed)).rejects.toMatchObject({
      code: expect.stringMatching(/SQL_READ_ONLY|SQL_ERROR/),
    });
    expect(eventFiles(folder)).toEqual(before);
    expect(existsSync('/tmp/evil.csv')).toBe(false);
    expect(await valueOf(console, 'SELECT count(*) FROM gold_weekly_active_teams')).toBe(1n);
  });

  test('needs a warehouse to change', async () => {
    const warehouse = await Warehouse.open(await temporaryWorkspace(), modelsFolder);
    onTestFinished(() => warehouse.close());
    await expect(warehouse.console.run('tab', 'CREATE TABLE x (i INT)', allowed)).rejects.toMatchObject({
      code: 'NO_EVENTS',
    });
  });
});

describe('a SELECT that would act on the process is refused', () => {
  test.each([
    "FROM enable_logging('QueryLog', storage := 'file', storage_path := '$folder/data/events')",
    "SUMMARIZE FROM enable_logging('QueryLog', storage := 'file', storage_path := '$folder/data/events')",
    "FROM query('FROM enable_' || 'logging()')",
    'EXPLAIN ANALYZE FROM enable_logging()',
    'SELECT (SELECT count(*) FROM enable_logging())',
    'WITH a AS MATERIALIZED (FROM disable_profiling()) SELECT 1 FROM a',
    'FROM checkpoint()',
    'FROM arrow_scan(1::UBIGINT::POINTER, 1::UBIGINT::POINTER, 1::UBIGINT::POINTER)',
  ])('%s', async (template) => {
    const { console, folder } = await openConsole();
    await expect(console.run('tab', template.replace('$folder', folder))).rejects.toMatchObject({
      code: expect.stringMatching(/SQL_READ_ONLY|SQL_ERROR/),
    });
    expect(await valueOf(console, "SELECT current_setting('enable_logging')::VARCHAR")).toMatch(/^(0|false)$/);
  });
});

describe('parameters', () => {
  test('have the type that they were given', async () => {
    const { console } = await openConsole();
    const parameters = {
      day: { type: 'DATE', value: '2025-01-31' },
      n: { type: 'BIGINT', value: '9007199254740993' },
      text: { type: 'VARCHAR', value: "it's" },
      none: { type: 'DOUBLE', value: null },
      unused: { type: 'BOOLEAN', value: 'true' },
    } as const;
    const { result } = await console.run('tab', 'SELECT $day + 1 AS next, $n AS n, $text AS text, $none AS none', {
      parameters,
    });
    const table = tableFromIPC(await console.window(result?.resultId ?? '', 0, 1));
    expect(table.getChildAt(1)?.get(0)).toBe(9007199254740993n);
    expect(table.getChildAt(2)?.get(0)).toBe("it's");
    expect(table.getChildAt(3)?.get(0)).toBeNull();
  });

  test('that do not read as their type, or are missing, are named', async () => {
    const { console } = await openConsole();
    const parameters = { n: { type: 'BIGINT', value: 'many' } } as const;
    await expect(console.run('tab', 'SELECT $n', { parameters })).rejects.toMatchObject({
      message: 'The value of $n, “many”, is not an integer.',
    });
    await expect(console.run('tab', 'SELECT $m')).rejects.toMatchObject({ message: '$m has no value.' });
    await expect(console.run('tab', 'SELECT $m + $k')).rejects.toMatchObject({ message: '$k, $m have no value.' });
  });
});
