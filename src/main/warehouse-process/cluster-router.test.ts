import { randomUUID } from 'node:crypto';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { expect, onTestFinished, test } from 'vitest';
import { clusterSettingsSchema, defaultClusterNames, type ClusterRunEvent } from '../../contract/cluster';
import { portTransfer } from '../../contract/rpc/port-transfer';
import type { WarehouseContract } from '../../contract/rpc/warehouse-contract';
import { modelsFolder, temporaryWorkspace } from '../../engine/testing/temporary-workspace';
import { reply, stall, type Reply } from '../../engine/trino/testing/fake-trino';
import { columns, serve as serveTrino } from '../../engine/trino/testing/serve';
import { Warehouse } from '../../engine/warehouse/warehouse';
import { serve } from '../system/rpc';
import { warehouseRouter } from './router';

const begun = reply({}, { 'x-trino-started-transaction-id': 't1' });
const page = reply({ columns, data: [[1], [2]], nextUri: '/v1/statement/executing/next' });

/** The window's client of a warehouse whose cluster answers as told. */
async function connected(get: Reply) {
  const trino = await serveTrino({ POST: [begun, page, reply({})], GET: get });
  const settings = clusterSettingsSchema.parse({
    server: trino.address,
    user: 'micro',
    signIn: 'none',
    caFile: null,
    ...defaultClusterNames,
    location: '',
  });
  const clusterAccess = () => Promise.resolve({ settings, secret: null });
  const warehouse = await Warehouse.open(await temporaryWorkspace(), modelsFolder, { getClusterAccess: clusterAccess });
  const { port1, port2 } = new MessageChannel();
  const sessions = new Set<string>();
  serve(warehouseRouter(Promise.resolve(warehouse), warehouse.refreshState, { sessions, clusterAccess }), port1);
  const client: ContractRouterClient<WarehouseContract> = createORPCClient(
    new RPCLink({ port: port2, experimental_transfer: portTransfer }),
  );
  port2.start();
  onTestFinished(async () => {
    port2.close();
    await warehouse.close();
  });
  return { client, trino, sessions };
}

test('a query on the cluster tells its progress, and its rows are read like those of any result', async () => {
  const { client, sessions } = await connected(reply({ columns, data: [[3]] }));
  const resultId = randomUUID();
  const events: ClusterRunEvent[] = [];
  for await (const event of await client.clusterConsole.run({ sessionId: 's', sql: 'SELECT n', resultId })) {
    events.push(event);
  }
  expect(events[0]).toMatchObject({ type: 'progress' });
  expect(events.at(-1)).toMatchObject({ type: 'done', outcome: { more: false, result: { resultId, rows: 3 } } });
  expect((await client.results.cell({ resultId, row: 2, column: 0 })).text).toBe('3');
  expect([...sessions], 'closed with the window').toEqual(['s']);
});

test('leaving the stream ends the query on the cluster', async () => {
  const { client, trino } = await connected(stall);
  const sql = 'SELECT n';
  for await (const event of await client.clusterConsole.run({ sessionId: 's', sql, resultId: randomUUID() })) {
    if (event.type === 'progress' && event.progress) break;
  }
  await trino.got('DELETE');
});

test('a statement that is no query, and more rows of an unknown result, are refused with their codes', async () => {
  const { client, trino } = await connected(stall);
  const all = async (stream: Promise<AsyncIterable<unknown>>) => {
    for await (const event of await stream) void event;
  };
  const resultId = randomUUID();
  await expect(all(client.clusterConsole.run({ sessionId: 's', sql: 'DROP TABLE t', resultId }))).rejects.toMatchObject(
    { code: 'CLUSTER_READ_ONLY', data: { position: { line: 1, column: 1 } } },
  );
  await expect(all(client.clusterConsole.more({ resultId }))).rejects.toMatchObject({ code: 'RESULT_GONE' });
  expect(trino.seen).toEqual([]);
});
