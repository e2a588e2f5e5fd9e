import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBConnection, DuckDBExtractedStatements, DuckDBPreparedStatement } from '@duckdb/node-api';
import { beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '../../contract/app-error';
import { makeFolder } from '../fs/folder';
import { openConsole } from '../testing/open-console';

let prepares: readonly { readonly mock: { readonly settledResults: readonly { type: string; value: unknown }[] } }[] =
  [];
/** Statements that were destroyed before their connection closed, which would destroy the rest. */
const destroyed = new Set<unknown>();

beforeEach(() => {
  destroyed.clear();
  prepares = [
    vi.spyOn(DuckDBConnection.prototype, 'prepare'),
    vi.spyOn(DuckDBExtractedStatements.prototype, 'prepare'),
  ];
  const original = (prototype: object, name: string) => Reflect.get(prototype, name) as (this: unknown) => void;
  let closing = false;
  const close = original(DuckDBConnection.prototype, 'closeSync');
  vi.spyOn(DuckDBConnection.prototype, 'closeSync').mockImplementation(function closeConnection(this: unknown) {
    closing = true;
    close.call(this);
    closing = false;
  });
  const destroy = original(DuckDBPreparedStatement.prototype, 'destroySync');
  vi.spyOn(DuckDBPreparedStatement.prototype, 'destroySync').mockImplementation(function destroyOne(this: unknown) {
    if (!closing) destroyed.add(this);
    destroy.call(this);
  });
  return () => vi.restoreAllMocks();
});

function madeStatements(): unknown[] {
  const results = prepares.flatMap(({ mock }) => mock.settledResults);
  return results.filter(({ type }) => type === 'fulfilled').map(({ value }) => value);
}

/** Expects that at least so many statements were prepared, and that all of them are destroyed. */
function expectNoneOpen(atLeast: number): void {
  const made = madeStatements();
  expect(made.length).toBeGreaterThanOrEqual(atLeast);
  expect(made.filter((statement) => !destroyed.has(statement))).toEqual([]);
}

const times = 200;
const refused = (sql: string) => [sql, /SQL_READ_ONLY|SQL_ERROR|NO_EVENTS/] as const;
const works = (sql: string) => [sql, null] as const;

const reading = [
  works('SELECT 1 AS one'),
  works('FROM silver_events LIMIT 1'),
  works('SHOW TABLES'),
  works('DESCRIBE silver_events'),
  works('EXPLAIN SELECT 1'),
  works('EXPLAIN ANALYZE SELECT 1'),
  works("PIVOT (SELECT 1 AS a, 'x' AS b) ON b USING sum(a)"),
  refused('SELECT nothing FROM silver_events'),
  refused('SELECT $missing AS a'),
  refused("SELECT CAST('x' AS INTEGER) AS a"),
  refused("SELECT error('no') AS a"),
  refused('INSERT INTO gold_daily_active_users SELECT 1'),
  refused('CREATE TABLE t AS SELECT 1'),
  refused('FROM enable_logging()'),
  refused("SELECT * FROM query('SELECT 1' || random())"),
  refused('EXPLAIN ANALYZE CREATE TABLE t AS SELECT 1'),
  refused("EXPLAIN PIVOT (SELECT 1 AS a, 'x' AS b) ON b USING sum(a)"),
  refused('EXPLAIN SELECT nothing'),
  refused('FROM checkpoint()'),
  refused('SELECT 1; SELECT 2'),
  refused("COPY (SELECT 1) TO 'a.csv'"),
  refused('SET threads = 1'),
  refused('SELEC 1'),
] as const;

const changing = [
  works('CREATE OR REPLACE TABLE t AS SELECT 1 AS a'),
  works('INSERT INTO t SELECT 2'),
  works("CREATE OR REPLACE TABLE p AS PIVOT (SELECT 1 AS a, 'x' AS b) ON b USING sum(a)"),
  works('DROP TABLE t'),
  refused('INSERT INTO t SELECT 2'),
  refused('CREATE OR REPLACE TABLE t AS FROM enable_logging()'),
  refused('CREATE OR REPLACE MACRO sum(x) AS 1'),
  refused("CREATE OR REPLACE TABLE p AS PIVOT (SELECT error('no') AS a, 'x' AS b) ON b USING sum(a)"),
  refused('SET threads = 1'),
  refused("COPY (SELECT 1 AS a) TO '../a.csv'"),
  works("COPY (SELECT 1 AS a) TO 'exports/a.csv'"),
] as const;

/** How the error code of the work reads; null where it succeeds. */
async function codeOf(work: Promise<unknown>): Promise<string | null> {
  return work.then(
    () => null,
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
}

async function expectCode(work: Promise<unknown>, expected: RegExp | null, sql: string): Promise<void> {
  const code = await codeOf(work);
  if (expected === null) expect(code, sql).toBeNull();
  else expect(code, sql).toMatch(expected);
}

test(`of ${times} statements that read, are refused or fail, none stays prepared`, async () => {
  const { console } = await openConsole();
  for (let turn = 0; turn < times; turn += 1) {
    const [sql, expected] = reading[turn % reading.length] ?? reading[0];
    await expectCode(console.run('tab', sql), expected, sql);
  }
  expectNoneOpen(times);
});

test('neither does one whose parameters have values that do not fit', async () => {
  const { console } = await openConsole();
  const parameters = { day: { type: 'VARCHAR', value: 'x' } } as const;
  for (const sql of ['SELECT CAST($day AS DATE) AS d', 'DESCRIBE SELECT $day', 'EXPLAIN SELECT CAST($day AS DATE)'])
    await codeOf(console.run('tab', sql, { parameters }));
  expectNoneOpen(0);
});

test('nor any in a tab that allows changes', async () => {
  const { console } = await openConsole();
  for (const [sql, expected] of changing) {
    await expectCode(console.run('tab', sql, { allowChanges: true }), expected, sql);
  }
  expectNoneOpen(changing.length);
});

test('nor one of a plan, or of a query that is saved as a metric', async () => {
  const { console, warehouse } = await openConsole();
  const metric = { name: 'mine', summary: '', grain: '' };
  for (const [sql] of reading) {
    await codeOf(console.explain('tab', sql));
    await codeOf(warehouse.ownMetrics.save({ ...metric, sql }));
  }
  expectNoneOpen(reading.length);
});

test('nor one of a refresh with models of the user’s, right and wrong', async () => {
  const { warehouse, workspace } = await openConsole();
  await makeFolder(workspace.modelsFolder);
  const write = (name: string, sql: string) => writeFile(path.join(workspace.modelsFolder, `${name}.sql`), sql);
  await write('right', 'SELECT count(*) AS n FROM silver_events');
  await write('broken', 'SELECT nothing FROM silver_events');
  await write('acting', 'FROM enable_logging()');
  await write('listing', 'SHOW TABLES');
  for (let turn = 0; turn < 3; turn += 1) await warehouse.refresh(turn === 2 ? { mode: 'full' } : {});
  await write('broken', 'SELECT count(*) AS n FROM silver_events');
  await warehouse.refresh();
  expect((await warehouse.models()).find(({ name }) => name === 'gold_broken')?.problem ?? null).toBeNull();
  expectNoneOpen(5);
});
