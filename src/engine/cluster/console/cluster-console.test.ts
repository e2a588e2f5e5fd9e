import { randomUUID } from 'node:crypto';
import { tableFromIPC } from 'apache-arrow';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Console } from '../../console/console';
import { Database } from '../../database/database';
import { tableColumns } from '../../results/result-table';
import { rowsTableOf } from '../../sql/result-names';
import { temporaryWorkspace } from '../../testing/temporary-workspace';
import { reply, stall, type Reply } from '../../trino/testing/fake-trino';
import { columns, connect, serve } from '../../trino/testing/serve';
import { ClusterConsole } from './cluster-console';

const begun = reply({}, { 'x-trino-started-transaction-id': 't1' });
/** A page of a hundred numbers from `from`, and the next page if there is one. */
const page = (from: number, isLast = false): Reply =>
  reply({
    columns,
    data: Array.from({ length: 100 }, (_, index) => [from + index]),
    ...(isLast ? {} : { nextUri: '/v1/statement/executing/next' }),
  });

async function open(replies: { readonly POST: Reply | readonly Reply[]; readonly GET?: Reply | readonly Reply[] }) {
  const server = await serve(replies);
  const client = connect(server);
  const database = await Database.open(await temporaryWorkspace());
  const console = new Console(database);
  onTestFinished(async () => {
    await console.closeAll();
    database.close();
  });
  return { server, console, cluster: new ClusterConsole(console, client) };
}

/** Whether the session has a table for a result; the console itself hides these tables. */
async function hasTable(console: Console, resultId: string): Promise<boolean> {
  let found: unknown[] = [];
  const look = console.keepRows(
    { sessionId: 'tab', resultId: randomUUID(), signal: undefined, onClose: () => undefined },
    async (session) => {
      found = await session.use((connection) => tableColumns(rowsTableOf(resultId), connection));
      throw new Error('Seen.');
    },
  );
  await expect(look).rejects.toThrow('Seen.');
  return found.length > 0;
}

const manyPages = { POST: [begun, page(0), reply({})], GET: [page(100), page(200), page(300, true)] };

describe('a query on the cluster', () => {
  test('becomes a result that windows, sorting and profiles work on', async () => {
    const { console, cluster } = await open(manyPages);
    const { result, more, kind, queryId, notes } = await cluster.run('tab', 'SELECT n FROM numbers');
    expect({ kind, more, notes, rows: result.rows, columns: result.columns }).toEqual({
      kind: 'SELECT',
      more: false,
      notes: [],
      rows: 400,
      columns: [{ name: 'n', type: 'BIGINT' }],
    });
    expect(queryId).not.toBe('');
    expect(await hasTable(console, result.resultId)).toBe(true);
    const sorted = await console.results.arrange(result.resultId, {
      sort: [{ column: 0, descending: true }],
      filters: [],
    });
    const window = tableFromIPC(await console.window(sorted.resultId, 0, 2));
    expect(window.toArray().map((row) => Object.values<unknown>(row.toJSON()))).toEqual([[399n], [398n]]);
  });

  test('fetches no more rows than asked for, and goes on where it stopped', async () => {
    const { server, console, cluster } = await open(manyPages);
    const first = await cluster.run('tab', 'SELECT n FROM numbers', { mostRows: 150 });
    expect(first).toMatchObject({ more: true, result: { rows: 150 } });
    expect(server.seen.filter(({ method }) => method === 'GET')).toHaveLength(1);
    const { resultId } = first.result;
    await expect(cluster.more(resultId, { mostRows: 100 })).resolves.toMatchObject({
      more: true,
      result: { rows: 250 },
    });
    await expect(cluster.more(resultId)).resolves.toMatchObject({ more: false, result: { rows: 400 } });
    await expect(cluster.more(resultId)).rejects.toMatchObject({ code: 'RESULT_GONE' });
    expect((await console.results.cell(resultId, 399, 0)).text).toBe('399');
  });

  test('is ended on the cluster when its result or its session is closed', async () => {
    for (const close of [
      (console: Console, resultId: string) => console.close(resultId),
      (console: Console) => console.closeSession('tab'),
    ]) {
      const { server, console, cluster } = await open(manyPages);
      const { result } = await cluster.run('tab', 'SELECT n FROM numbers', { mostRows: 150 });
      await close(console, result.resultId);
      await server.got('DELETE');
      await expect(cluster.more(result.resultId)).rejects.toMatchObject({ code: 'RESULT_GONE' });
    }
  });

  test('can be cancelled, which leaves nothing behind', async () => {
    const { server, console, cluster } = await open({ POST: [begun, page(0), reply({})], GET: stall });
    const resultId = randomUUID();
    const running = cluster.run('tab', 'SELECT n FROM numbers', { resultId });
    running.catch(() => undefined);
    await server.got('GET');
    const before = performance.now();
    await console.cancel(resultId);
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(performance.now() - before).toBeLessThan(1_000);
    // Cancel doesn't wait for the cluster.
    await server.got('DELETE');
    expect(await hasTable(console, resultId)).toBe(false);
  });

  test('keeps the rows that it has if fetching more is cancelled', async () => {
    const { server, console, cluster } = await open({ POST: [begun, page(0), reply({})], GET: [page(100), stall] });
    const { result } = await cluster.run('tab', 'SELECT n FROM numbers', { mostRows: 150 });
    const fetching = cluster.more(result.resultId);
    await expect.poll(() => server.seen.filter(({ method }) => method === 'GET').length).toBe(2);
    await console.cancel(result.resultId);
    await expect(fetching).resolves.toMatchObject({ more: false, result: { rows: 200 } });
  });

  test('that fails halfway leaves no table', async () => {
    const error = { message: 'Division by zero', errorName: 'DIVISION_BY_ZERO', errorType: 'USER_ERROR' };
    const { console, cluster } = await open({ POST: [begun, page(0), reply({})], GET: reply({ error }) });
    const resultId = randomUUID();
    await expect(cluster.run('tab', 'SELECT n FROM numbers', { resultId })).rejects.toMatchObject({
      code: 'CLUSTER_QUERY',
    });
    expect(await hasTable(console, resultId)).toBe(false);
  });

  test('that is none is refused before anything is sent', async () => {
    const { server, cluster } = await open(manyPages);
    await expect(cluster.run('tab', 'DROP TABLE t')).rejects.toMatchObject({ code: 'CLUSTER_READ_ONLY' });
    expect(server.seen).toEqual([]);
  });

  test('is refused with more columns than anybody can look at', async () => {
    const wide = Array.from({ length: 10_001 }, (_, index) => ({ ...columns[0], name: `n${index}` }));
    const { cluster } = await open({ POST: [begun, reply({ columns: wide, data: [] }), reply({})] });
    await expect(cluster.run('tab', 'SELECT * FROM wide')).rejects.toMatchObject({
      code: 'CLUSTER_ANSWER',
      message: 'The result has 10001 columns; 10000 can be shown.',
    });
  });
});
