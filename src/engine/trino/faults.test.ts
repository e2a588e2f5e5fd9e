import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { TrinoClient } from './client';
import { authority, elsewhere, expired, here, otherAuthority, serverKey } from './testing/certificates';
import { reply, reset, stall, status, type Reply, type fakeTrino } from './testing/fake-trino';
import { columns, connect, one, serve, started } from './testing/serve';

/** Says that more is coming than comes. */
const broken: Reply = (response) => {
  response.writeHead(200, { 'content-length': 99 });
  response.write('{', () => response.socket?.destroy());
};
const https = { key: serverKey, cert: here };

describe('a request that fails for a moment is repeated', () => {
  test.each<[string, Reply[]]>([
    ['503 thrice', [status(503), status(503), status(503), one]],
    ['502 and 504', [status(502), status(504), one]],
    ['a reset connection', [reset, reset, one]],
    ['an answer that ends early', [broken, one]],
    [
      'a compressed answer that ends early',
      [
        (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"a":1}').subarray(0, 12)),
        one,
      ],
    ],
  ])('%s', async (_, replies) => {
    const server = await serve({ POST: started, GET: replies });
    await expect(connect(server).all('SELECT 1')).resolves.toMatchObject({ rows: [[1n]] });
    expect(server.seen.filter(({ method }) => method === 'POST')).toHaveLength(1);
    expect(server.seen.filter(({ method }) => method === 'GET')).toHaveLength(replies.length);
  });

  test('as late as the server asks with Retry-After', async () => {
    const server = await serve({ POST: started, GET: [status(429, { 'retry-after': '1' }), one] });
    const before = performance.now();
    await connect(server).all('SELECT 1');
    expect(performance.now() - before).toBeGreaterThan(990);
  });

  test('a statement too, if the server has not processed it', async () => {
    const server = await serve({ POST: [status(503), status(429), one] });
    await expect(connect(server).all('SELECT 1')).resolves.toMatchObject({ rows: [[1n]] });
  });

  test.each<[string, Reply]>([
    ['502', status(502)],
    ['504', status(504)],
    ['a reset connection', reset],
  ])('but never a statement that may have begun: %s', async (_, failure) => {
    const server = await serve({ POST: [failure, one] });
    await expect(connect(server).run('DELETE FROM t')).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE' });
    expect(server.seen).toHaveLength(1);
  });

  test('for a limited time', async () => {
    const server = await serve({ POST: started, GET: status(503) });
    const limited = connect(server, {}, { retryMs: 300 });
    await expect(limited.all('SELECT 1')).rejects.toMatchObject({
      code: 'CLUSTER_UNREACHABLE',
      message: `The cluster at ${server.address} is busy or starting.`,
    });
  });
});

describe('a network that stalls ends in a plain error', () => {
  test.each<[string, Parameters<typeof fakeTrino>[0]]>([
    ['at the statement', { POST: stall }],
    ['at a page', { POST: started, GET: stall }],
    ['in the middle of a page', { POST: started, GET: (response) => response.writeHead(200).write('{"id":') }],
  ])('%s', async (_, replies) => {
    const server = await serve(replies);
    const before = performance.now();
    await expect(connect(server, {}, { stallMs: 300 }).all('SELECT 1')).rejects.toMatchObject({
      code: 'CLUSTER_UNREACHABLE',
      message: `The cluster at ${server.address} can't be reached. It sent nothing for 0.3 s.`,
    });
    expect(performance.now() - before).toBeLessThan(2_000);
  });

  test('an address where nobody listens', async () => {
    const server = await serve({});
    await server.close();
    await expect(connect(server).all('SELECT 1')).rejects.toMatchObject({
      code: 'CLUSTER_UNREACHABLE',
      message: expect.stringContaining('Nothing answers at that address.'),
    });
  });
});

describe('Cancel', () => {
  test.each<[string, string, Parameters<typeof fakeTrino>[0]]>([
    ['while a page is awaited', 'GET', { POST: started, GET: stall }],
    ['while the server is busy', 'GET', { POST: started, GET: status(503) }],
    ['while the cluster ignores everything', 'GET', { POST: started, GET: stall, DELETE: stall }],
  ])('ends the statement on the cluster and returns at once: %s', async (_, method, replies) => {
    const server = await serve(replies);
    const stop = new AbortController();
    const running = connect(server).all('SELECT 1', { signal: stop.signal });
    running.catch(() => undefined);
    await server.got(method);
    const before = performance.now();
    stop.abort();
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    // At once, even if the server doesn't answer the DELETE.
    expect(performance.now() - before).toBeLessThan(500);
    await server.got('DELETE');
    expect(server.seen.at(-1)).toMatchObject({ method: 'DELETE', url: '/v1/statement/executing/1' });
  });

  test('returns at once while the statement is being sent, and ends it when the server says where', async () => {
    const late: Reply = (response, request) => setTimeout(() => started(response, request), 300);
    const server = await serve({ POST: late });
    const stop = new AbortController();
    const running = connect(server).all('SELECT 1', { signal: stop.signal });
    running.catch(() => undefined);
    await server.got('POST');
    const before = performance.now();
    stop.abort();
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(performance.now() - before).toBeLessThan(200);
    await server.got('DELETE');
  });

  test('sends nothing if it came before', async () => {
    const server = await serve({ POST: one });
    await expect(connect(server).all('SELECT 1', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(server.seen).toEqual([]);
  });
});

test('a page is asked for only when it is wanted, and leaving ends the statement', async () => {
  const server = await serve({
    POST: started,
    GET: reply({ columns, data: [[1], [2]], nextUri: '/v1/statement/executing/2' }),
  });
  let pages = 0;
  for await (const { rows } of connect(server).pages('SELECT 1')) {
    pages += rows.length / 2;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.seen.filter(({ method }) => method === 'GET')).toHaveLength(pages);
    if (pages === 3) break;
  }
  expect(server.seen.at(-1)).toMatchObject({ method: 'DELETE' });
});

describe('credentials', () => {
  const secrets = { password: 'p4ss w0rd', ca: authority };
  const header = `Basic ${Buffer.from('micro:p4ss w0rd').toString('base64')}`;

  test('go with every request, over https', async () => {
    const server = await serve({ POST: started, GET: one }, https);
    await connect(server, secrets).all('SELECT 1');
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([header, header]);
    const withToken = await serve({ POST: one }, https);
    await connect(withToken, { token: 'a.b.c', ca: authority }).all('SELECT 1');
    expect(withToken.seen[0]?.headers.authorization).toBe('Bearer a.b.c');
  });

  test.each([{ password: 'secret' }, { token: 'a.b.c' }])('never over http: %o', (secret) => {
    expect(() => new TrinoClient({ server: 'http://127.0.0.1:8080', user: 'micro', ...secret })).toThrow(
      'A password or token is only sent over https.',
    );
  });

  test.each<[string, (address: string) => Reply, string]>([
    ['a nextUri', (address) => reply({ nextUri: `${address}/v1/next` }), 'continues at'],
    ['a redirect', (address) => status(307, { location: `${address}/v1/statement` }), 'redirects to'],
  ])('never to another origin, through %s', async (_, lead, words) => {
    const other = await serve({ POST: one, GET: one }, https);
    const server = await serve({ POST: lead(other.address) }, https);
    await expect(connect(server, secrets).all('SELECT 1')).rejects.toMatchObject({
      code: 'CLUSTER_ANSWER',
      message: expect.stringContaining(`${words} ${other.address}`),
    });
    expect(other.seen).toEqual([]);
  });

  test.each([
    [401, 'CLUSTER_SIGN_IN'],
    [403, 'CLUSTER_RIGHTS'],
  ])('refused with %i: an error of its own, without the secret that the server repeats', async (code, expected) => {
    const server = await serve({ POST: status(code, {}, `No: p4ss w0rd, ${header}`) }, https);
    const error: unknown = await connect(server, secrets)
      .all('SELECT 1')
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: expected });
    expect(JSON.stringify(error)).not.toMatch(/p4ss w0rd|bWljcm86/);
    expect(server.seen).toHaveLength(1);
  });

  test('are not in the error of a statement either', async () => {
    const error = { message: 'Near p4ss w0rd', errorName: 'SYNTAX_ERROR', errorType: 'USER_ERROR' };
    const server = await serve({ POST: reply({ error }) }, https);
    await expect(connect(server, secrets).all('SELECT 1')).rejects.toMatchObject({ message: 'Near ***' });
  });
});

describe('certificates', () => {
  test('a given authority is trusted', async () => {
    const server = await serve({ POST: one }, https);
    await expect(connect(server, { ca: authority }).all('SELECT 1')).resolves.toMatchObject({ rows: [[1n]] });
  });

  test.each([
    ['unknown to the system', here, undefined, "isn't trusted"],
    ['of another authority', here, otherAuthority, "isn't trusted"],
    ['for another server', elsewhere, authority, 'another server name'],
    ['expired', expired, authority, 'has expired'],
  ])('refused: %s', async (_, cert, ca, words) => {
    const server = await serve({ POST: one }, { key: serverKey, cert });
    await expect(connect(server, { ca }).all('SELECT 1')).rejects.toMatchObject({
      code: 'CLUSTER_CERTIFICATE',
      message: expect.stringContaining(words),
    });
    expect(server.seen).toEqual([]);
  });

  test('a file that holds none', async () => {
    const server = await serve({ POST: one }, https);
    await expect(connect(server, { ca: 'no certificate' }).all('SELECT 1')).rejects.toMatchObject({
      code: 'CLUSTER_CERTIFICATE',
      message: "The file of the certificate authority can't be used.",
    });
  });

  test('https spoken to a port of http, and the other way round', async () => {
    const plain = await serve({ POST: one });
    const wrong = connect({ address: plain.address.replace('http', 'https') });
    await expect(wrong.all('SELECT 1')).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE' });
    const secure = await serve({ POST: one }, https);
    const other = connect({ address: secure.address.replace('https', 'http') });
    await expect(other.all('SELECT 1')).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE' });
  });
});
