import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { answerOf, reply, status, type Reply } from './testing/fake-trino';
import { columns, connect, one, serve } from './testing/serve';

describe('answers that are not of Trino', () => {
  test.each<[string, Reply, string]>([
    ['a page of HTML', status(200, {}, '<html>Sign in'), "doesn't answer as Trino does"],
    ['other JSON', status(200, {}, '{"ok":true}'), "doesn't answer as Trino does"],
    ['404', status(404), 'HTTP 404'],
    ['rows of another width', reply({ columns, data: [[1, 2]] }), "doesn't answer as Trino does"],
    ['values of another type', reply({ columns, data: [['x']] }), "doesn't answer as Trino does"],
    ['more than fits', (response) => response.end('x'.repeat(5_000)), 'larger than'],
    [
      'more than fits, compressed',
      (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(500_000))),
      'larger than',
    ],
  ])('%s', async (_, given, words) => {
    const server = await serve({ POST: given });
    const client = connect(server, {}, { maxAnswerBytes: 4_000 });
    await expect(client.all('SELECT 1')).rejects.toMatchObject({
      code: 'CLUSTER_ANSWER',
      message: expect.stringContaining(words),
    });
  });
});

describe('failed statements', () => {
  const failing = (error: object) => serve({ POST: reply({ error: { message: 'No.', ...error } }) });

  test('mistakes have their position', async () => {
    const server = await failing({
      message: "line 2:3: mismatched input 'FORM'",
      errorName: 'SYNTAX_ERROR',
      errorType: 'USER_ERROR',
      errorLocation: { lineNumber: 2, columnNumber: 3 },
    });
    await expect(connect(server).run('SELECT\n FORM')).rejects.toMatchObject({
      code: 'CLUSTER_QUERY',
      message: "mismatched input 'FORM'",
      details: { position: { line: 2, column: 3 }, cluster: { errorName: 'SYNTAX_ERROR' } },
    });
  });

  test.each([
    ['PERMISSION_DENIED', 'USER_ERROR', 'CLUSTER_RIGHTS'],
    ['REMOTE_TASK_ERROR', 'INTERNAL_ERROR', 'CLUSTER_FAILED'],
    ['EXCEEDED_LOCAL_MEMORY_LIMIT', 'INSUFFICIENT_RESOURCES', 'CLUSTER_FAILED'],
    ['SOMETHING_NEW', 'EXTERNAL', 'CLUSTER_FAILED'],
    ['USER_CANCELED', 'USER_ERROR', 'CLUSTER_FAILED'],
  ])('%s of type %s', async (errorName, errorType, code) => {
    const server = await failing({ errorName, errorType });
    await expect(connect(server).run('SELECT 1')).rejects.toMatchObject({ code, details: { cluster: { errorName } } });
  });
});

test('statements carry what SET SESSION, USE and PREPARE have changed', async () => {
  const changes = {
    'x-trino-set-catalog': 'c2',
    'x-trino-set-schema': 's2',
    'x-trino-added-prepare': 'p=SELECT+%3F',
    'x-trino-set-session': 'a=1%2C2',
  };
  const server = await serve({ POST: [reply({}, changes), reply({}, { 'x-trino-clear-session': 'b' }), one] });
  const client = connect(server, { catalog: 'c1', schema: 's1', sessionProperties: { b: 'x y' } });
  for (let turn = 0; turn < 3; turn += 1) await client.run('SELECT 1');
  const kept = server.seen.map(({ headers }) => [
    headers['x-trino-catalog'],
    headers['x-trino-schema'],
    headers['x-trino-session'],
    headers['x-trino-prepared-statement'],
  ]);
  expect(kept).toEqual([
    ['c1', 's1', 'b=x%20y', undefined],
    ['c2', 's2', 'b=x%20y,a=1%2C2', 'p=SELECT+%3F'],
    ['c2', 's2', 'a=1%2C2', 'p=SELECT+%3F'],
  ]);
  expect(server.seen[0]?.headers).toMatchObject({
    'x-trino-user': 'micro',
    'x-trino-time-zone': 'UTC',
    'x-trino-client-capabilities': 'PARAMETRIC_DATETIME',
  });
});

test('progress comes with every answer', async () => {
  const stats = { state: 'RUNNING', nodes: 2, completedSplits: 3, totalSplits: 9, processedRows: 5, processedBytes: 7 };
  const server = await serve({
    POST: reply({ nextUri: '/1', stats: { state: 'QUEUED' } }),
    GET: [reply({ nextUri: '/2', stats: { ...stats, cpuTimeMillis: 11, elapsedTimeMillis: 13 } }), one],
  });
  const seen: unknown[] = [];
  await connect(server).run('SELECT 1', { onProgress: (progress) => seen.push(progress) });
  expect(seen).toHaveLength(3);
  expect(seen[0]).toMatchObject({ state: 'QUEUED', totalSplits: 0 });
  expect(seen[1]).toEqual({ queryId: answerOf({}).id, ...stats, cpuTimeMs: 11, elapsedMs: 13 });
});

test('the path of a gateway comes before every address', async () => {
  const server = await serve({ POST: one });
  await connect({ address: `${server.address}/trino` }).run('SELECT 1');
  expect(server.seen[0]?.url).toBe('/trino/v1/statement');
});

describe('a read-only statement', () => {
  const begun = reply({}, { 'x-trino-started-transaction-id': 't1' });

  test('runs in a READ ONLY transaction of its own, which is ended', async () => {
    const server = await serve({ POST: [begun, one, reply({})] });
    const client = connect(server);
    await client.all('SELECT 1', { readOnly: true });
    await client.close();
    expect(server.seen.map(({ body, headers }) => [body, headers['x-trino-transaction-id']])).toEqual([
      ['START TRANSACTION READ ONLY', 'NONE'],
      ['SELECT 1', 't1'],
      ['ROLLBACK', 't1'],
    ]);
  });

  test('is not sent if the server starts no transaction', async () => {
    const server = await serve({ POST: one });
    await expect(connect(server).all('SELECT 1', { readOnly: true })).rejects.toMatchObject({ code: 'CLUSTER_ANSWER' });
    expect(server.seen).toHaveLength(1);
  });

  test('that writes is refused by the server', async () => {
    const error = { message: 'Cannot execute write', errorName: 'READ_ONLY_VIOLATION', errorType: 'USER_ERROR' };
    const server = await serve({ POST: [begun, reply({ error }), reply({})] });
    const running = connect(server).all('SELECT f()', { readOnly: true });
    await expect(running).rejects.toMatchObject({ code: 'CLUSTER_READ_ONLY' });
  });
});

test('the server hears of a caller that takes its time', async () => {
  const server = await serve({ POST: reply({ columns, data: [[1]], nextUri: '/v1/next' }), GET: one });
  for await (const { rows } of connect(server, {}, { heartbeatMs: 50 }).pages('SELECT 1')) {
    if (rows.length > 0 && server.seen.length === 1) await server.got('HEAD');
  }
  expect(server.seen.map(({ method }) => method).filter((method) => method !== 'HEAD')).toEqual(['POST', 'GET']);
});
