import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { TrinoClient } from './client';
import type { TrinoConnection } from './connection';
import { expectCancelled } from './testing/cancelled';
import { otherAuthority } from './testing/certificates';
import { recordAnswers } from './testing/record';
import { testConnection, testServer, testToken } from './testing/test-cluster';
import { typeCases, typesSql } from './testing/type-cases';

async function withClient<T>(
  work: (client: TrinoClient) => Promise<T>,
  connection: TrinoConnection = testConnection(),
): Promise<T> {
  const client = new TrinoClient(connection);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

test('every type arrives exactly', async () => {
  const { columns, rows } = await withClient((client) => client.all(typesSql));
  expect(columns.map(({ type, typeText }) => [typeText, type])).toEqual(
    typeCases.map(([, type, text]) => [text, type]),
  );
  expect(rows).toEqual([typeCases.map(([, , , value]) => value)]);
  // RECORD=1 renews the answers that the light tests replay.
  if (process.env['RECORD']) {
    const answers = await recordAnswers(testConnection(), typesSql);
    writeFileSync('src/engine/trino/testing/recorded-types.json', `${JSON.stringify(answers, null, 2)}\n`);
  }
});

test('many rows stream page by page, with progress', async () => {
  await withClient(async (client) => {
    const sql =
      'SELECT CAST(i AS bigint) * 9007199254740993 AS n FROM UNNEST(sequence(0, 999)) a(x), UNNEST(sequence(0, 299)) b(i)';
    let [rows, pages] = [0, 0];
    const states: string[] = [];
    for await (const page of client.pages(sql, { onProgress: ({ state }) => states.push(state) })) {
      rows += page.rows.length;
      pages += 1;
    }
    expect(rows).toBe(300_000);
    expect(pages).toBeGreaterThan(1);
    expect(states[0]).toBe('QUEUED');
    expect(states.at(-1)).toBe('FINISHED');
  });
});

test('Cancel ends the query on the cluster within a second', async () => {
  await withClient(async (client) => {
    const stop = new AbortController();
    let id = '';
    const sql =
      'SELECT count(*) FROM UNNEST(sequence(1, 10000)) a(x), UNNEST(sequence(1, 10000)) b(y), UNNEST(sequence(1, 10000)) c(z)';
    const running = client.run(sql, {
      signal: stop.signal,
      onProgress: ({ queryId, state }) => state === 'RUNNING' && (id = queryId),
    });
    running.catch(() => undefined);
    await expect.poll(() => id, { timeout: 30_000 }).not.toBe('');
    const at = Date.now();
    stop.abort();
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    const returned = Date.now() - at;
    await expectCancelled('a statement', client, at, returned);
    const state = await client.all(`SELECT state FROM system.runtime.queries WHERE query_id = '${id}'`);
    expect(state.rows).toEqual([['FAILED']]);
  });
});

describe('mistakes', () => {
  test.each([
    ['SELECT\n  1 FORM t x', 'SYNTAX_ERROR', { line: 2, column: 10 }],
    ['SELECT nothing', 'COLUMN_NOT_FOUND', { line: 1, column: 8 }],
    ['SELECT 1 / 0', 'DIVISION_BY_ZERO', null],
  ])('%j', async (sql, errorName, position) => {
    const details = position ? { cluster: { errorName }, position } : { cluster: { errorName } };
    await expect(withClient((client) => client.run(sql))).rejects.toMatchObject({ code: 'CLUSTER_QUERY', details });
  });
});

describe('sign-in', () => {
  const whoAmI = (connection: TrinoConnection) =>
    withClient(async (client) => (await client.all('SELECT current_user')).rows[0]?.[0], connection);

  test('by password and by token', async () => {
    await expect(whoAmI(testConnection())).resolves.toBe('micro');
    await expect(whoAmI({ ...testServer(), token: testToken(300) })).resolves.toBe('micro');
  });

  test.each<[string, () => Partial<TrinoConnection>, string]>([
    ['a wrong password', () => ({ password: 'wrong' }), 'CLUSTER_SIGN_IN'],
    ['no password', () => ({}), 'CLUSTER_SIGN_IN'],
    ['an expired token', () => ({ token: testToken(-30) }), 'CLUSTER_SIGN_IN'],
    ['a token that is none', () => ({ token: 'a.b.c' }), 'CLUSTER_SIGN_IN'],
    [
      'an authority that the system does not know',
      () => ({ password: 'secret', ca: undefined }),
      'CLUSTER_CERTIFICATE',
    ],
    ['another authority', () => ({ password: 'secret', ca: otherAuthority }), 'CLUSTER_CERTIFICATE'],
  ])('refused: %s', async (_, changed, code) => {
    await expect(whoAmI({ ...testServer(), ...changed() })).rejects.toMatchObject({ code });
  });
});

test('the server refuses writes of read-only statements', async () => {
  await withClient(async (client) => {
    await client.run('CREATE SCHEMA IF NOT EXISTS warehouse.read_only');
    for (const sql of [
      'CREATE TABLE warehouse.read_only.t (a int)',
      'EXPLAIN ANALYZE CREATE TABLE warehouse.read_only.t AS SELECT 1 AS a',
      'DROP SCHEMA warehouse.read_only',
    ]) {
      await expect(client.run(sql, { readOnly: true })).rejects.toMatchObject({ code: 'CLUSTER_READ_ONLY' });
    }
    const { rows } = await client.all('SHOW TABLES FROM warehouse.read_only', { readOnly: true });
    expect(rows).toEqual([]);
    await client.run('DROP SCHEMA warehouse.read_only');
  });
});

test('SET SESSION, USE and PREPARE hold for the next statements', async () => {
  await withClient(async (client) => {
    await client.run("SET SESSION query_max_run_time = '7m'");
    await client.run('USE system.runtime');
    await client.run('PREPARE two FROM SELECT ? + 1');
    const shown = await client.all("SHOW SESSION LIKE 'query_max_run_time'");
    expect(shown.rows[0]?.[1]).toBe('7m');
    expect((await client.all('SELECT count(*) > 0 FROM nodes')).rows).toEqual([[true]]);
    expect((await client.all('EXECUTE two USING 1')).rows).toEqual([[2]]);
    await client.run('DEALLOCATE PREPARE two');
    await expect(client.run('EXECUTE two USING 1')).rejects.toMatchObject({ code: 'CLUSTER_QUERY' });
  });
});

test('the server says its version', async () => {
  await expect(withClient((client) => client.info())).resolves.toMatchObject({
    nodeVersion: { version: expect.stringMatching(/^\d/) },
    starting: false,
  });
});
