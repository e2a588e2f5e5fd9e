import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openConsole } from '../testing/open-console';
import { temporaryWorkspace } from '../testing/temporary-workspace';
import { Database } from '../database/database';
import { rowsTableOf } from '../sql/result-names';
import { Results } from './results';
import { Session } from './session';
import { workspaceAt } from '../workspace';

const byNumber = { sort: [{ column: 0, descending: true }], filters: [] };
const numbers = 'SELECT i FROM range(5000) t(i)';

/** A console, and the result tables of the tab according to DuckDB. */
async function openCounted() {
  const opened = await openConsole();
  const { console, results } = opened;
  const counted = async (sql: string) => {
    const { result } = await console.run('tab', sql);
    const resultId = result?.resultId ?? '';
    const names = (await opened.rows(resultId)).map(([name]) => String(name));
    await results.close(resultId);
    // DuckDB also lists the table of this query's own result.
    return names.filter((name) => name !== rowsTableOf(resultId));
  };
  const tables = () =>
    counted(`SELECT table_name FROM system.main.duckdb_tables() WHERE temporary AND table_name SIMILAR TO '(result|arranged)_.*'
             ORDER BY table_name`);
  const connections = async () => {
    const names = await counted('SELECT count::INTEGER FROM duckdb_connection_count()');
    return Number(names[0]);
  };
  return { ...opened, tables, connections };
}

async function openSession(): Promise<Session> {
  const database = await Database.open(await temporaryWorkspace());
  onTestFinished(() => database.close());
  return Session.open(database);
}

describe('tables of results', () => {
  test('go with the result: those of its arrangements too', async () => {
    const { run, results, tables } = await openCounted();
    const resultId = await run(numbers);
    const arranged = await results.arrange(resultId, byNumber);
    await results.arrange(arranged.resultId, { sort: [], filters: [] });
    expect(await tables()).toHaveLength(3);
    await results.close(resultId);
    expect(await tables()).toEqual([]);
    await expect(results.cell(arranged.resultId, 0, 0)).rejects.toMatchObject({ code: 'RESULT_GONE' });
  });

  test('closing an arrangement leaves the result', async () => {
    const { run, results, rows, tables } = await openCounted();
    const resultId = await run(numbers);
    const arranged = await results.arrange(resultId, byNumber);
    await results.close(arranged.resultId);
    expect(await tables()).toEqual([`result_${resultId}`]);
    expect(await rows(resultId, 0, 1)).toEqual([[0n]]);
  });

  test('of a run whose caller left just before it was kept are dropped', async () => {
    const session = await openSession();
    const results = new Results(workspaceAt('/nowhere'));
    const leaving = new AbortController();
    const awaited = { resultId: 'late', session, baseId: null, signal: leaving.signal };
    const { result } = await results.keep(awaited, async () => {
      const read = await session.run(numbers, 'result_late');
      leaving.abort();
      return read;
    });
    expect(result).toBeNull();
    const left = await session.run("FROM system.main.duckdb_tables() WHERE table_name = 'result_late'", 'left');
    expect(left.table.rows).toBe(0);
  });

  test('of a run that is closed before its caller knows of its end are dropped', async () => {
    const { console, results, tables } = await openCounted();
    const resultId = randomUUID();
    const onFirstRows = () => void results.close(resultId);
    await expect(console.run('tab', numbers, { resultId, onFirstRows })).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await tables()).toEqual([]);
  });

  test('of an arrangement are dropped where it, or its result, is closed meanwhile', async () => {
    const { run, results, tables } = await openCounted();
    const resultId = await run(numbers);
    const arrangedId = randomUUID();
    const arranging = expect(results.arrange(resultId, byNumber, { arrangedId })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    await results.close(arrangedId);
    await arranging;
    expect(await tables()).toEqual([`result_${resultId}`]);

    const orphaned = expect(results.arrange(resultId, byNumber)).rejects.toMatchObject({ code: 'CANCELLED' });
    await results.close(resultId);
    await orphaned;
    expect(await tables()).toEqual([]);
  });

  test('of an arrangement whose caller has left are dropped', async () => {
    const { run, results, tables } = await openCounted();
    const resultId = await run(numbers);
    const leaving = new AbortController();
    const arranging = results.arrange(resultId, byNumber, { signal: leaving.signal });
    leaving.abort();
    await expect(arranging).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await tables()).toEqual([`result_${resultId}`]);
  });

  test('are as few after any interrupt', async () => {
    const { console, tables } = await openCounted();
    for (let delay = 0; delay < 40; delay += 1) {
      const leaving = new AbortController();
      const running = console.run('tab', `SELECT i, hash(i) AS h FROM range(${delay * 20_000}) t(i) ORDER BY h`, {
        signal: leaving.signal,
      });
      setTimeout(() => leaving.abort(), delay / 2);
      const result = await running.then(
        (outcome) => outcome.result,
        () => null,
      );
      if (result) await console.close(result.resultId);
    }
    expect(await tables()).toEqual([]);
  });

  test('an id that is taken is refused', async () => {
    const { console, run } = await openCounted();
    const resultId = await run(numbers);
    await expect(console.run('other', numbers, { resultId })).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
  });

  test('a caller who has left begins no session', async () => {
    const { console, connections } = await openCounted();
    const before = await connections();
    for (const sessionId of ['a', 'b', 'c']) {
      await expect(console.run(sessionId, numbers, { signal: AbortSignal.abort() })).rejects.toMatchObject({
        code: 'CANCELLED',
      });
    }
    expect(await connections()).toBe(before);
  });
});

describe('a list of all tables', () => {
  test.each([
    ['SHOW TABLES', 'SHOW TABLES'],
    ['show  /* of all */ all tables;', 'SHOW ALL TABLES'],
    ['SHOW ALL TABLES -- every one', 'SHOW ALL TABLES'],
    ['PRAGMA show_tables', 'SHOW TABLES'],
    ['pragma show_tables_expanded;', 'SHOW ALL TABLES'],
  ])('leaves out those of results: %s', async (sql, same) => {
    const { console, results, run, rows } = await openConsole();
    const { columns: expected } = (await console.run('tab', `FROM (${same})`)).result ?? {};
    const kept = await run(numbers);
    await results.arrange(kept, byNumber);
    const listed = await console.run('tab', sql);
    expect(listed).toMatchObject({ kind: 'SELECT', result: { columns: expected } });
    const cells = (await rows(listed.result?.resultId ?? '')).flat();
    expect(cells).toContain('silver_events');
    expect(cells.filter((cell) => /^(result|arranged)_/.test(String(cell)))).toEqual([]);
  });

  test.each([
    'SELECT name FROM (SHOW ALL TABLES)',
    'WITH listed AS (FROM (SHOW TABLES)) SELECT name FROM listed',
    'SELECT name FROM (DESCRIBE)',
    "SELECT (SELECT string_agg(name, ' ') FROM (SHOW ALL TABLES))",
    "SELECT name FROM query('SHOW ALL TABLES')",
    'SELECT table_name FROM duckdb_tables',
    'SELECT table_name FROM duckdb_tables() UNION SELECT table_name FROM duckdb_columns()',
    'SELECT table_name FROM information_schema.tables',
    'SELECT DISTINCT table_name FROM information_schema.columns',
    'SELECT relname FROM pg_catalog.pg_class',
    'SELECT tablename FROM pg_tables',
    'SELECT name FROM sqlite_master',
  ])('leaves them out within a statement: %s', async (sql) => {
    const { console, results, run, rows } = await openConsole();
    await results.arrange(await run(numbers), byNumber);
    const { result } = await console.run('tab', sql);
    const text = (await rows(result?.resultId ?? '')).flat().join(' ');
    expect(text).toMatch(/gold_|silver_/);
    expect(text).not.toMatch(/\b(result|arranged)_/);
  });

  test.each([
    'SHOW TABLES FROM temp',
    "SELECT function_name FROM duckdb_functions() WHERE database_name = 'temp'",
    "SELECT proname FROM pg_proc WHERE proname = 'duckdb_tables' OFFSET 1",
  ])('has nothing of ours in the temporary schema: %s', async (sql) => {
    const { console, run } = await openConsole();
    await run(numbers);
    expect(await console.run('tab', sql)).toMatchObject({ result: { rows: 0 } });
  });

  test('has views of the user, which other connections can read, too', async () => {
    const { console } = await openConsole();
    const allowed = { allowChanges: true };
    await console.run('tab', 'CREATE VIEW lists AS SELECT table_name FROM duckdb_tables()', allowed);
    const { result } = await console.run('other', "FROM lists WHERE table_name LIKE 'gold_%'");
    expect(result?.rows).toBeGreaterThan(0);
    await expect(
      console.run('tab', 'CREATE OR REPLACE TEMP MACRO duckdb_tables() AS TABLE SELECT 1 AS a', allowed),
    ).rejects.toMatchObject({ code: 'SQL_READ_ONLY' });
  });

  test('leaves out its own, and keeps those of the user', async () => {
    const session = await openSession();
    await session.use((connection) => connection.run('CREATE TEMP TABLE result_of_mine AS SELECT 1 AS a'));
    const { table } = await session.run('SHOW TABLES', rowsTableOf(randomUUID()));
    const names = await session.use((connection) => connection.runAndReadAll(`FROM temp."${table.name}"`));
    const listed = names.getRowsJS().flat();
    expect(listed).toContain('result_of_mine');
    expect(listed).not.toContain(table.name);
  });
});
