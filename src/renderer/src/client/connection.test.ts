import { describe, expect, it, onTestFinished } from 'vitest';
import { portChannel, type PortName } from '../../../contract/rpc/ports';
import { Connection } from './connection';

const origin = 'app://micro-warehouse';

/** A connection, and a window that ports are posted to. */
function openConnection() {
  const listeners: ((event: MessageEvent<unknown>) => void)[] = [];
  const target = {
    location: { origin },
    addEventListener: (_type: 'message', listener: (event: MessageEvent<unknown>) => void) => listeners.push(listener),
  };
  const connection = new Connection(target);
  connection.open();
  /** Hands over one end of a channel; the other end belongs to a process that never answers. */
  const post = (name: PortName, from: { source?: unknown; origin?: string } = {}) => {
    const { port1, port2 } = new MessageChannel();
    onTestFinished(() => port2.close());
    const data = { type: portChannel, name };
    const event = new MessageEvent('message', { data, ports: [port1], origin: from.origin ?? origin });
    Object.defineProperty(event, 'source', { value: 'source' in from ? from.source : target });
    for (const listener of listeners) listener(event);
    return port2;
  };
  return { connection, post };
}

/** Resolves with how a call ends. */
function endOf(call: Promise<unknown> | undefined): Promise<string> {
  return Promise.resolve(call).then(
    () => 'answered',
    () => 'rejected',
  );
}

describe('a lost connection', () => {
  it('to the main process ends what waits for it, and is lost for good', async () => {
    const { connection, post } = openConnection();
    const other = post('main');
    expect(connection.getSnapshot()).toMatchObject({ status: 'ready', main: { id: 1 } });
    const end = endOf(connection.getSnapshot().main?.client.queries.read({ name: 'a.sql' }));
    other.close();
    expect(await end).toBe('rejected');
    await expect.poll(() => connection.getSnapshot()).toMatchObject({ status: 'lost', main: null });
  });

  it('to the warehouse process ends what waits for it, and a new port takes its place', async () => {
    const { connection, post } = openConnection();
    post('main');
    const other = post('warehouse');
    const end = endOf(connection.getSnapshot().warehouse?.client.results.close({ resultId: 'x' }));
    other.close();
    expect(await end).toBe('rejected');
    await expect.poll(() => connection.getSnapshot()).toMatchObject({ status: 'ready', warehouse: null });
    post('warehouse');
    expect(connection.getSnapshot().warehouse).toMatchObject({ id: 3 });
  });

  it('is replaced by a port that arrives before the old one has closed', async () => {
    const { connection, post } = openConnection();
    post('warehouse');
    const end = endOf(connection.getSnapshot().warehouse?.client.results.close({ resultId: 'x' }));
    post('warehouse');
    expect(await end).toBe('rejected');
    expect(connection.getSnapshot().warehouse).toMatchObject({ id: 2 });
  });
});

it.each([{ source: null }, { source: new EventTarget() }, { origin: 'https://example.com' }])(
  'takes no port from another frame or origin: %o',
  (from) => {
    const { connection, post } = openConnection();
    post('main', from);
    expect(connection.getSnapshot()).toEqual({ status: 'connecting', main: null, warehouse: null });
  },
);
