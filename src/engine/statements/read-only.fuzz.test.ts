import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { modelsFolder, writeEvents } from '../testing/temporary-workspace';
import { readRows } from '../sql/read-rows';
import { quoteIdentifier, quoteText } from '../sql/quote';
import { Warehouse } from '../warehouse/warehouse';
import { workspaceAt } from '../workspace';
import {
  actingScalarFunctions,
  actingTableFunctions,
  readingPragmas,
  readingTableFunctions,
  replacedTableFunctions,
} from './known-functions';

/*
 * Tries everything that DuckDB has (functions, pragmas, settings, types of statements) in a read-only tab. Each must be
 * refused, or leave the workspace unchanged: the same files, sizes, times and bytes.
 */

const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
console.log(`read-only.fuzz: FUZZ_SEED=${seed}`);

/** mulberry32: numbers from 0 to below 1, determined by the seed. */
function drawing(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const draw = drawing(seed);

interface KnownFunction {
  readonly name: string;
  readonly type: string;
  readonly types: readonly (string | null)[];
}

let folder = '';
let warehouse: Warehouse;
let functions: KnownFunction[] = [];
let settings: string[] = [];
let version = '';

beforeAll(async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  functions = await readFunctions(connection);
  settings = (
    await readRows(connection, 'SELECT DISTINCT name FROM duckdb_settings() ORDER BY 1', z.object({ name: z.string() }))
  ).map(({ name }) => name);
  version = z
    .object({ v: z.string() })
    .parse((await connection.runAndReadAll('SELECT version() v')).getRowObjectsJS()[0]).v;
  connection.closeSync();
  instance.closeSync();
  folder = await mkdtemp(path.join(os.tmpdir(), 'micro-warehouse-fuzz-'));
  const workspace = workspaceAt(folder);
  await writeEvents(workspace, [{ at: '2025-01-06 10:00:00' }, { at: '2025-01-07 11:00:00' }]);
  warehouse = await Warehouse.open(workspace, modelsFolder);
  await warehouse.refresh();
});

afterAll(async () => {
  await warehouse.close();
  await rm(folder, { recursive: true, force: true });
});

async function readFunctions(connection: DuckDBConnection): Promise<KnownFunction[]> {
  return readRows(
    connection,
    `SELECT function_name AS name, function_type AS type, parameter_types::VARCHAR[] AS types
     FROM duckdb_functions() ORDER BY ALL`,
    z.object({
      name: z.string(),
      type: z.string(),
      types: z.array(z.string().nullable()),
    }),
  );
}

/** Path, size, time of change and contents of every file and folder. */
function stateOf(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !file.startsWith(`${root}/micro_warehouse.duckdb.tmp`))
    .map((file) => {
      const { size, mtimeMs, mode } = statSync(file);
      const isFile = statSync(file).isFile();
      const hash = isFile ? createHash('sha1').update(readFileSync(file)).digest('hex') : '';
      return `${path.relative(root, file)} ${isFile ? size : 'folder'} ${mtimeMs} ${mode} ${hash}`;
    })
    .toSorted();
}

/** Arguments of an attacker: paths into the workspace, SQL, small numbers. */
function argument(type: string | null): string {
  const target = quoteText(`${folder}/data/events/date=2030-01-01/${Math.floor(draw() * 1e9)}.log`);
  const texts = [target, "'SELECT 1'", "'FROM enable_logging()'", "'silver_events'", "'QueryLog'", "'a'"];
  const text = texts[Math.floor(draw() * texts.length)] ?? target;
  if (type === null || /VARCHAR|ANY|^T$|^[A-Z]$/.test(type)) return text;
  if (/JSON/.test(type)) return `json_serialize_sql('FROM enable_logging(''QueryLog'', storage := ''file'')')`;
  if (/BOOLEAN/.test(type)) return 'true';
  if (type.endsWith('[]')) return '[1, 2]';
  if (type.endsWith('DATE')) return "DATE '2025-01-06'";
  if (/TIMESTAMP/.test(type)) return "TIMESTAMP '2025-01-06 00:00:00'";
  if (/INTERVAL/.test(type)) return "INTERVAL '1 day'";
  if (/INT|DOUBLE|FLOAT|DECIMAL/.test(type)) return String(Math.floor(draw() * 5));
  return 'NULL';
}

const storage = () =>
  `'QueryLog', storage := 'file', storage_path := ${quoteText(`${folder}/data/events/date=2030-01-01`)}`;

const longestMs = 1_000;

/** Runs each statement and returns those that ran; fails as soon as the workspace has changed. */
async function tryAll(statements: readonly string[]): Promise<string[]> {
  const ran: string[] = [];
  const before = stateOf(folder);
  let since: string[] = [];
  for (const [index, sql] of statements.entries()) {
    since.push(sql);
    // Endless statements are stopped; they may have acted until then.
    await warehouse.console.run('fuzz', sql, { signal: AbortSignal.timeout(longestMs) }).then(
      () => ran.push(sql),
      () => undefined,
    );
    if (index % 50 !== 49 && index !== statements.length - 1) continue;
    expect(stateOf(folder), `after one of\n${since.join('\n')}`).toEqual(before);
    since = [];
  }
  return ran;
}

describe('in a tab that reads only', () => {
  test('all of this DuckDB’s table functions and pragmas are known; look at new ones before you change this', () => {
    const named = (type: string) => new Set(functions.filter((known) => known.type === type).map(({ name }) => name));
    const known = [...readingTableFunctions, ...replacedTableFunctions, ...actingTableFunctions].toSorted();
    expect(known).toEqual([...named('table')].toSorted());
    expect([...readingPragmas].filter((name) => !named('pragma').has(name))).toEqual([]);
    const digest = (names: Iterable<string>) =>
      createHash('sha1')
        .update([...names].toSorted().join())
        .digest('hex')
        .slice(0, 12);
    const volatile = new Set(functions.filter(({ type }) => type === 'scalar').map(({ name }) => name));
    for (const name of actingScalarFunctions) expect(volatile).toContain(name);
    expect({
      version,
      pragmas: digest(named('pragma')),
      scalars: digest(volatile),
      tableMacros: digest(named('table_macro')),
      settings: digest(settings),
    }).toMatchInlineSnapshot(`
      {
        "pragmas": "bbf8bf072089",
        "scalars": "1a1599e45ae3",
        "settings": "9da6df2bde5e",
        "tableMacros": "b08917af48ee",
        "version": "v1.5.6",
      }
    `);
  });

  test('table functions, with arguments of any kind', async () => {
    const calls = functions
      .filter(({ type }) => type === 'table' || type === 'table_macro')
      .flatMap(({ name, types }) => {
        const called = quoteIdentifier(name);
        const given = types.map(argument).join(', ');
        return [
          `FROM ${called}()`,
          `FROM ${called}(${given})`,
          `FROM ${called}(${storage()})`,
          `CALL ${called}(${given})`,
        ];
      });
    const ran = await tryAll(calls);
    expect(ran.filter((sql) => [...actingTableFunctions].some((name) => sql.startsWith(`FROM "${name}"`)))).toEqual([]);
    expect(ran.filter((sql) => sql.startsWith('CALL'))).toEqual([]);
    expect(ran.length).toBeGreaterThan(40);
  });

  test('every acting function, however it is put', async () => {
    const wrappers = [
      (call: string) => `FROM ${call}`,
      (call: string) => `SELECT 1 WHERE EXISTS (FROM ${call})`,
      (call: string) => `SELECT 1 FROM ${call} WHERE false`,
      (call: string) => `WITH a AS MATERIALIZED (FROM ${call}) SELECT 1`,
      (call: string) => `FROM query(${quoteText(`FROM ${call}`)})`,
      (call: string) => `FROM query(CASE WHEN random() < 0.5 THEN 'SELECT 1' ELSE ${quoteText(`FROM ${call}`)} END)`,
      (call: string) =>
        `FROM query(CASE WHEN current_query() ILIKE 'explain%' THEN 'SELECT 1' ELSE ${quoteText(`FROM ${call}`)} END)`,
      (call: string) => `FROM query('FROM que' || ${quoteText(`ry(${quoteText(`FROM ${call}`)})`)})`,
      (call: string) => `FROM json_execute_serialized_sql(json_serialize_sql(${quoteText(`FROM ${call}`)}))`,
      (call: string) => `PIVOT (FROM ${call}) ON Success`,
      (call: string) => `SUMMARIZE FROM ${call}`,
      (call: string) => `EXPLAIN ANALYZE FROM ${call}`,
      (call: string) => `EXPLAIN ANALYZE (FROM ${call}) LIMIT 3`,
      (call: string) => `SELECT * FROM range(3) t(i), LATERAL (FROM ${call})`,
    ];
    const calls = actingTableFunctions.map((name) => {
      const written = draw() < 0.3 ? name.toUpperCase() : draw() < 0.5 ? quoteIdentifier(name) : `system.main.${name}`;
      const gap = draw() < 0.3 ? ' /* ( */ ' : draw() < 0.3 ? '\u00a0' : '';
      return `${written}${gap}(${draw() < 0.5 ? storage() : ''})`;
    });
    expect(await tryAll(calls.flatMap((call) => wrappers.map((wrap) => wrap(call))))).toEqual([]);
  });

  test('scalar functions', async () => {
    const calls = functions
      .filter(({ type, name }) => type === 'scalar' && /^[a-z_]\w*$/i.test(name) && !name.startsWith('sleep'))
      .filter((_, index) => (index + seed) % 3 === 0)
      .map(({ name, types }) => `SELECT ${name}(${types.map(argument).join(', ')})`);
    await tryAll([...calls, ...actingScalarFunctions.map((name) => `SELECT ${name}('x')`)]);
  });

  test('pragmas, settings, and every kind of statement', async () => {
    const target = quoteText(`${folder}/data/events/date=2030-01-01`);
    const pragmas = functions.filter(({ type }) => type === 'pragma').map(({ name }) => name);
    const ran = await tryAll([
      ...pragmas.flatMap((name) => [`PRAGMA ${name}`, `PRAGMA ${name}(${target})`, `PRAGMA ${name} = ${target}`]),
      ...settings.flatMap((name) => [
        `SET ${name} = ${target}`,
        `SET GLOBAL ${name} = 1`,
        `PRAGMA ${name} = ${target}`,
      ]),
      ...settings.map((name) => `RESET ${name}`),
      ...acts(target),
      ...acts(target).map((sql) => `/* a */ -- b\n ${sql}`),
      ...acts(target).map((sql) => `EXPLAIN ANALYZE ${sql}`),
      ...acts(target).map((sql) => `SELECT 1; ${sql}`),
    ]);
    expect(ran.filter((sql) => !/^PRAGMA \w+(\(.*\))?$/.test(sql))).toEqual([]);
    expect(ran.map((sql) => /^PRAGMA (\w+)/.exec(sql)?.[1] ?? '').filter((name) => !readingPragmas.has(name))).toEqual(
      [],
    );
  });
});

/** One statement of each type that isn't a query. */
function acts(target: string): string[] {
  return [
    `EXPORT DATABASE ${target}`, `IMPORT DATABASE ${target}`, `ATTACH ${target}`, 'DETACH micro_warehouse',
    `COPY silver_events TO ${target}`, `COPY (SELECT 1) TO ${target}`, 'COPY FROM DATABASE micro_warehouse TO memory',
    `COPY gold_weekly_active_teams FROM ${target}`, 'CHECKPOINT', 'FORCE CHECKPOINT', 'VACUUM', 'ANALYZE', 'LOAD json',
    `LOAD ${target}`, 'INSTALL httpfs', 'UPDATE EXTENSIONS', 'SET threads = 1', 'RESET threads', 'USE memory',
    'SET VARIABLE x = 1', 'PREPARE p AS SELECT 1', 'EXECUTE p', 'DEALLOCATE p', 'BEGIN', 'COMMIT', 'ROLLBACK', 'ABORT',
    'CREATE TABLE x (i INT)', 'CREATE TABLE x AS SELECT 1', 'CREATE VIEW x AS SELECT 1', 'CREATE SCHEMA x',
    'CREATE SEQUENCE x', "CREATE TYPE x AS ENUM ('a')", 'CREATE MACRO x() AS 1', 'CREATE INDEX x ON refresh_log (status)',
    'CREATE SECRET x (TYPE http)', 'DROP TABLE refresh_log', 'ALTER TABLE refresh_log ADD COLUMN x INT',
    "COMMENT ON TABLE refresh_log IS 'x'", 'INSERT INTO refresh_log SELECT * FROM refresh_log',
    "UPDATE refresh_log SET status = 'x'", 'DELETE FROM refresh_log', 'TRUNCATE refresh_log',
    'MERGE INTO check_days USING (SELECT 1 AS a) s ON true WHEN MATCHED THEN DELETE', 'CALL checkpoint()',
    `CALL enable_logging('QueryLog', storage = 'file', storage_path = ${target})`,
  ]; // prettier-ignore
}
