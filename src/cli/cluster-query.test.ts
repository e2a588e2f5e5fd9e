import { beforeAll, expect, it } from 'vitest';
import { temporaryWorkspace } from '../engine/testing/temporary-workspace';
import { reply } from '../engine/trino/testing/fake-trino';
import { serve } from '../engine/trino/testing/serve';
import { buildCommandLine, run } from './testing/command-line';

beforeAll(buildCommandLine);

const signature = {
  rawType: 'decimal',
  arguments: [
    { kind: 'LONG', value: 4 },
    { kind: 'LONG', value: 2 },
  ],
};
const columns = [{ name: 'price', type: 'decimal(4, 2)', typeSignature: signature }];
const begun = reply({}, { 'x-trino-started-transaction-id': 't1' });
const rows = { columns, data: [['1.50'], ['2.00'], [null]] };

it('prints the rows of a query on the cluster', async () => {
  const { folder } = await temporaryWorkspace();
  const server = await serve({ POST: [begun, reply(rows), reply({})] });
  const cluster = ['--on', 'cluster', '--server', server.address, '--user', 'ann'];
  const outcome = await run(['query', ...cluster, 'SELECT price FROM t'], folder);
  expect(outcome).toMatchObject({ code: 0, stderr: '' });
  expect(outcome.stdout).toBe('price\n-----\n 1.50\n 2.00\n NULL\n(3 rows)\n');
  expect(server.seen[1]).toMatchObject({ body: 'SELECT price FROM t', headers: { 'x-trino-user': 'ann' } });
});

it('says when there are more rows than it fetched, and prints JSON', async () => {
  const { folder } = await temporaryWorkspace();
  const server = await serve({ POST: [begun, reply({ ...rows, nextUri: '/v1/next' }), reply({})] });
  const cluster = ['--on', 'cluster', '--server', server.address, '--user', 'ann', '--most-rows', '2', '--json'];
  const { code, stdout, stderr } = await run(['query', ...cluster, 'SELECT price FROM t'], folder);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    columns: [{ name: 'price', type: 'DECIMAL(4,2)' }],
    rows: [{ price: 1.5 }, { price: 2 }],
  });
  expect(stderr).toContain('These are the first 2 rows; --most-rows <n> fetches more.');
});

it('reports mistakes with their position, and refuses what is no query', async () => {
  const { folder } = await temporaryWorkspace();
  const error = {
    message: 'line 1:8: Column nothing cannot be resolved',
    errorName: 'COLUMN_NOT_FOUND',
    errorType: 'USER_ERROR',
    errorLocation: { lineNumber: 1, columnNumber: 8 },
  };
  const server = await serve({ POST: [begun, reply({ error }), reply({})] });
  const cluster = ['--on', 'cluster', '--server', server.address, '--user', 'ann'];
  const wrong = await run(['query', ...cluster, 'SELECT nothing'], folder);
  expect(wrong).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Column nothing cannot be resolved (line 1, column 8)'),
  });
  const refused = await run(['query', ...cluster, 'DROP TABLE t'], folder);
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("DROP isn't a query.") });
  const unnamed = await run(['query', '--on', 'cluster', 'SELECT 1'], folder);
  expect(unnamed).toMatchObject({ code: 1, stderr: expect.stringContaining('The cluster needs --server, --user.') });
});
