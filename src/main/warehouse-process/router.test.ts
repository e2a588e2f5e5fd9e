import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { tableFromIPC } from 'apache-arrow';
import { describe, expect, onTestFinished, test } from 'vitest';
import { portTransfer } from '../../contract/rpc/port-transfer';
import type { RunEvent } from '../../contract/results';
import type { WarehouseContract } from '../../contract/rpc/warehouse-contract';
import { lockWorkspace } from '../../engine/commit/lock';
import { runFolders } from '../../engine/events/paths';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../../engine/testing/temporary-workspace';
import { Warehouse } from '../../engine/warehouse/warehouse';
import { serve } from '../system/rpc';
import { warehouseRouter } from './router';

/** A client that reaches a real warehouse over a pair of ports in memory, as the window does over Electron's. */
async function connectedClient() {
  const workspace = await temporaryWorkspace();
  await writeEvents(workspace, [{ at: '2025-01-06 10:00:00' }, { at: '2025-01-14 10:00:00' }]);
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  const { port1, port2 } = new MessageChannel();
  const sessions = new Set<string>();
  const clusterAccess = () => Promise.reject(new Error('No cluster is set.'));
  serve(warehouseRouter(Promise.resolve(warehouse), warehouse.refreshState, { sessions, clusterAccess }), port1);
  const client: ContractRouterClient<WarehouseContract> = createORPCClient(
    new RPCLink({ port: port2, experimental_transfer: portTransfer }),
  );
  port2.start();
  onTestFinished(async () => {
    port2.close();
    await warehouse.close();
  });
  return { client, workspace, warehouse, sessions, closePort: () => port2.close() };
}

async function last<T>(stream: AsyncIterable<T>): Promise<T | undefined> {
  let latest: T | undefined;
  for await (const item of stream) latest = item;
  return latest;
}

const endless = 'SELECT count(*) FROM range(10000000000) a, range(1000) b WHERE a.range % 7 = b.range';

describe('over a pair of ports', () => {
  test('a refresh is started, followed to its end and found in the history', async () => {
    const { client } = await connectedClient();
    await client.refresh.start();
    for await (const state of await client.refresh.watch()) {
      if (state.status !== 'ended') continue;
      expect(state.outcome).toMatchObject({ succeeded: true, entry: { modelRows: { gold_weekly_active_teams: 2 } } });
      break;
    }
    expect(await client.refresh.history()).toMatchObject([{ refreshId: 1, status: 'succeeded' }]);
    expect(await client.summary()).toMatchObject({ rows: 2, stale: false });
    const built = Object.fromEntries((await client.models()).map((model) => [model.name, model.built?.rows]));
    expect(built).toMatchObject({ bronze_events: 2, silver_events: 2, gold_weekly_active_teams: 2 });
  });

  test('a refresh undoes first what another program has left half done', async () => {
    const { client, workspace } = await connectedClient();
    const runId = '20260101T000000000-abc123';
    await mkdir(runFolders(workspace, runId).events, { recursive: true });
    const day = path.join(workspace.eventsFolder, 'date=2025-01-06');
    const [file = ''] = await readdir(day);
    await copyFile(path.join(day, file), path.join(day, `events-${runId}-0-0.parquet`));
    await client.refresh.start();
    for await (const state of await client.refresh.watch()) if (state.status === 'ended') break;
    expect(await client.summary()).toMatchObject({ rows: 2, stale: false });
    expect(await readdir(day)).toEqual([file]);
  });

  test('a refresh while the files of a day are changed is refused in words, and one after it runs', async () => {
    const { client, warehouse } = await connectedClient();
    let changed = () => {};
    const changing = warehouse.days.change(() => new Promise<void>((resolve) => (changed = resolve)));
    await expect(client.refresh.start()).rejects.toMatchObject({
      code: 'WORKSPACE_BUSY',
      message: 'The files of a day are being changed.',
    });
    changed();
    await changing;
    await client.refresh.start();
    for await (const state of await client.refresh.watch()) if (state.status === 'ended') break;
    expect(await client.refresh.history()).toHaveLength(1);
  });

  test('so is one while another program writes to the workspace', async () => {
    const { client, workspace } = await connectedClient();
    const lock = await lockWorkspace(workspace, 'the command line');
    await expect(client.refresh.start()).rejects.toMatchObject({
      code: 'WORKSPACE_BUSY',
      message: expect.stringContaining('the command line'),
    });
    await lock.release();
    await client.refresh.start();
  });

  test('a result is run and read as Arrow', async () => {
    const { client } = await connectedClient();
    const event = await last<RunEvent>(await client.results.run({ sessionId: 's', sql: 'SELECT 42 AS answer' }));
    if (event?.type !== 'done' || !event.outcome.result) throw new Error('no result');
    const bytes = await client.results.window({ resultId: event.outcome.result.resultId, offset: 0, limit: 10 });
    expect(tableFromIPC(bytes).getChildAt(0)?.get(0)).toBe(42);
  });

  test('an error arrives with its code, what to do and where', async () => {
    const { client } = await connectedClient();
    await expect(client.results.run({ sessionId: 's', sql: 'SELEC 1' }).then(last)).rejects.toMatchObject({
      defined: true,
      code: 'SQL_ERROR',
      data: { action: expect.any(String), position: { line: 1, column: 1 } },
    });
  });

  test('input that is not of the contract is refused', async () => {
    const { client } = await connectedClient();
    await expect(client.results.window({ resultId: 'x', offset: -1, limit: 10 })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  test('leaving the stream cancels the query, and the session is free for the next', async () => {
    const { client } = await connectedClient();
    for await (const event of await client.results.run({ sessionId: 's', sql: endless })) {
      if (event.type === 'progress' && event.elapsedMs > 0) break;
    }
    const event = await last<RunEvent>(await client.results.run({ sessionId: 's', sql: 'SELECT 1' }));
    expect(event?.type).toBe('done');
  });

  test('so does aborting the call', async () => {
    const { client } = await connectedClient();
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    await expect(
      client.results.run({ sessionId: 's', sql: endless }, { signal: controller.signal }).then(last),
    ).rejects.toThrow();
    const event = await last<RunEvent>(await client.results.run({ sessionId: 's', sql: 'SELECT 1' }));
    expect(event?.type).toBe('done');
  });

  test('a session is known until it is closed', async () => {
    const { client, sessions } = await connectedClient();
    for (const sessionId of ['a', 'b', 'c']) {
      await client.results.run({ sessionId, sql: 'SELECT 1' }).then(last);
      expect([...sessions]).toEqual([sessionId]);
      await client.results.closeSession({ sessionId });
    }
    expect(sessions.size).toBe(0);
  });

  test('a result goes by the id that its caller chose, and is closed with it wherever the call stands', async () => {
    const { client } = await connectedClient();
    const tables = `SELECT count(*)::INTEGER AS n FROM system.main.duckdb_tables() WHERE temporary AND table_name LIKE 'result%'`;
    for (let delay = 0; delay < 20; delay += 1) {
      const resultId = randomUUID();
      const controller = new AbortController();
      const running = client.results
        .run({ sessionId: 's', resultId, sql: 'SELECT i FROM range(300000) t(i)' }, { signal: controller.signal })
        .then(last)
        .catch(() => undefined);
      await sleep(delay * 2);
      controller.abort();
      await client.results.close({ resultId });
      await running;
    }
    const event = await last<RunEvent>(await client.results.run({ sessionId: 's', sql: tables }));
    if (event?.type !== 'done' || !event.outcome.result) throw new Error('no result');
    const bytes = await client.results.window({ resultId: event.outcome.result.resultId, offset: 0, limit: 1 });
    // Its own.
    expect(tableFromIPC(bytes).getChildAt(0)?.get(0)).toBe(1);
  });
});
