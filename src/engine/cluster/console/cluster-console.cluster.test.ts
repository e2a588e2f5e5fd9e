import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import type { PlanNode } from '../../../contract/result-work';
import { Console } from '../../console/console';
import { Database } from '../../database/database';
import { temporaryWorkspace } from '../../testing/temporary-workspace';
import { TrinoClient } from '../../trino/client';
import { expectCancelled } from '../../trino/testing/cancelled';
import { testConnection } from '../../trino/testing/test-cluster';
import { typeCases, typesSql } from '../../trino/testing/type-cases';
import { ClusterConsole } from './cluster-console';

async function open() {
  const database = await Database.open(await temporaryWorkspace());
  const console = new Console(database);
  const client = new TrinoClient(testConnection());
  onTestFinished(async () => {
    await console.closeAll();
    database.close();
    await client.close();
  });
  return { console, client, cluster: new ClusterConsole(console, client) };
}

/** 10 million rows, which arrive at once. */
const manyRows = 'SELECT x * 1000 + y AS n FROM UNNEST(sequence(0, 9999)) a(x), UNNEST(sequence(0, 999)) b(y)';

test('every type becomes a result', async () => {
  const { console, cluster } = await open();
  const { result, notes } = await cluster.run('tab', typesSql);
  expect(result).toMatchObject({ rows: 1 });
  expect(result.columns).toHaveLength(typeCases.length);
  expect(notes).toHaveLength(3);
  const big = typeCases.findIndex(([expression]) => expression.startsWith("BIGINT '9223"));
  expect((await console.results.cell(result.resultId, 0, big)).text).toBe('9223372036854775807');
});

test('rows are fetched up to a bound, then more of them; the query waits meanwhile', async () => {
  const { console, cluster } = await open();
  const states: string[] = [];
  const first = await cluster.run('tab', manyRows, { onProgress: ({ state }) => states.push(state) });
  expect(first).toMatchObject({ more: true, result: { rows: 100_000 } });
  expect(states).toContain('RUNNING');
  const { resultId } = first.result;
  await expect(cluster.more(resultId, { mostRows: 50_000 })).resolves.toMatchObject({ result: { rows: 150_000 } });
  await expect(console.results.profile(resultId, 0)).resolves.toMatchObject({});
  await console.close(resultId);
});

test('Cancel returns within a second, and the cluster has ended the query', async () => {
  const { console, client, cluster } = await open();
  const resultId = randomUUID();
  let running = false;
  const outcome = cluster.run('tab', `SELECT count(*) FROM (${manyRows}), UNNEST(sequence(0, 9999)) c(z)`, {
    resultId,
    onProgress: ({ state }) => (running ||= state === 'RUNNING'),
  });
  outcome.catch(() => undefined);
  await expect.poll(() => running, { timeout: 30_000 }).toBe(true);
  const at = Date.now();
  await console.cancel(resultId);
  await expect(outcome).rejects.toMatchObject({ code: 'CANCELLED' });
  const returned = Date.now() - at;
  await expectCancelled('a query', client, at, returned);
});

test('mistakes have their position in the statement', async () => {
  const { cluster } = await open();
  await expect(cluster.run('tab', '-- comment\nSELECT nothing;')).rejects.toMatchObject({
    code: 'CLUSTER_QUERY',
    details: { position: { line: 2, column: 8 } },
  });
});

test('the plan of a query has the rows of each operator, over the network', async () => {
  const { cluster } = await open();
  const sql = `SELECT x % 3 AS k, count(*) AS n
    FROM UNNEST(sequence(1, 1000)) a(x) CROSS JOIN UNNEST(sequence(1, 100)) b(y)
    WHERE x > 5 AND x IN (SELECT ordinal_position FROM system.information_schema.columns)
    GROUP BY 1 ORDER BY 2 DESC LIMIT 5`;
  const { plan, text } = await cluster.explain(sql);
  if (process.env['RECORD']) writeFileSync('src/engine/cluster/console/recorded-plan.txt', text);
  const names: string[] = [];
  const visit = ({ name, children }: PlanNode) => {
    names.push(name);
    children.forEach(visit);
  };
  if (plan) visit(plan.root);
  expect(plan?.root).toMatchObject({ name: 'TopN', rows: 3 });
  expect(names).toContain('InnerJoin');
  expect(names.at(-1)).toBe('ScanFilter');
  expect(plan?.totalMs).toBeGreaterThan(0);
  await expect(cluster.explain('SELECT\n nothing')).rejects.toMatchObject({
    details: { position: { line: 2, column: 2 } },
  });
});
