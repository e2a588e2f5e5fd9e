import { expect, test } from 'vitest';
import { z } from 'zod';
import type { ClusterSettings } from '../../contract/cluster';
import { reply } from '../trino/testing/fake-trino';
import { columns, connect, serve } from '../trino/testing/serve';
import { ClusterSession } from './session';
import { readLastRefresh } from './refresh/state';

const settings: ClusterSettings = {
  server: 'https://trino.example.com',
  user: 'micro',
  signIn: 'none',
  caFile: null,
  eventsCatalog: 'lake',
  eventsSchema: 'events',
  resultsCatalog: 'warehouse',
  resultsSchema: 'results',
  location: 's3://lake/data/events',
};

async function sessionWith(fields: Parameters<typeof reply>[0]): Promise<ClusterSession> {
  return new ClusterSession(connect(await serve({ POST: reply(fields) })), settings);
}

const text = { rawType: 'varchar', arguments: [] };
const varchar = (name: string) => ({ name, type: 'varchar', typeSignature: text });

test.each([
  ['a NULL where none is expected', { columns, data: [[null]] }],
  ['another type', { columns: [varchar('n')], data: [['1']] }],
  ['another column', { columns: [varchar('m')], data: [['1']] }],
])('rows with %s are an answer that cannot be used, not a defect of ours', async (_, fields) => {
  const session = await sessionWith(fields);
  await expect(session.rows('SELECT n FROM t', z.object({ n: z.bigint() }))).rejects.toMatchObject({
    code: 'CLUSTER_ANSWER',
    details: { action: expect.stringContaining('set the cluster up'), cause: expect.stringContaining('n') },
  });
});

test('rows as expected are returned', async () => {
  const session = await sessionWith({ columns, data: [[1], [2]] });
  await expect(session.rows('SELECT n FROM t', z.object({ n: z.bigint() }))).resolves.toEqual([{ n: 1n }, { n: 2n }]);
});

test.each([
  ['no JSON', '{'],
  ['another document', '{}'],
])('a log of refreshes with %s is told apart from a defect of ours', async (_, state) => {
  const bigint = { rawType: 'bigint', arguments: [] };
  const session = await sessionWith({
    columns: [{ name: 'refresh_id', type: 'bigint', typeSignature: bigint }, varchar('entry'), varchar('state')],
    data: [[1, '{}', state]],
  });
  await expect(readLastRefresh(session)).rejects.toMatchObject({
    code: 'CLUSTER_ANSWER',
    message: "The cluster's log of refreshes can't be read.",
  });
});
