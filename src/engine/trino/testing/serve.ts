import { afterEach } from 'vitest';
import { TrinoClient } from '../client';
import type { TrinoConnection, TrinoLimits } from '../connection';
import { fakeTrino, reply, type FakeTrino } from './fake-trino';

const servers: FakeTrino[] = [];
const clients: TrinoClient[] = [];

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** Starts a fake server, which ends with the test. */
export async function serve(...args: Parameters<typeof fakeTrino>): Promise<FakeTrino> {
  const server = await fakeTrino(...args);
  servers.push(server);
  return server;
}

/** A client of it that gives up soon. */
export function connect(
  { address }: Pick<FakeTrino, 'address'>,
  connection: Partial<TrinoConnection> = {},
  limits: Partial<TrinoLimits> = {},
): TrinoClient {
  const client = new TrinoClient({ server: address, user: 'micro', ...connection }, { retryMs: 2_000, ...limits });
  clients.push(client);
  return client;
}

const bigint = { rawType: 'bigint', arguments: [] };
export const columns = [{ name: 'n', type: 'bigint', typeSignature: bigint }];

/** A statement that runs, and the answer with its only row. */
export const started = reply({ nextUri: '/v1/statement/executing/1' });
export const one = reply({ columns, data: [[1]] });
