import { describe, expect, it, vi } from 'vitest';
import type { RunEvent } from '../../../../contract/results';
import type { WarehouseClient } from '../../client/connection';
import { QuerySession } from './query-session';

const noRows: RunEvent = { type: 'done', outcome: { kind: 'CREATE', elapsedMs: 3, result: null, changedRows: null } };

/** A warehouse whose statements yield one progress event and then wait for the test. */
function makeWarehouse() {
  const endings: (() => void)[] = [];
  const closeSession = vi.fn<(input: { sessionId: string }) => Promise<void>>(() => Promise.resolve());
  let stopped = () => {};
  const close = vi.fn<(input: { resultId: string }) => Promise<void>>(() => Promise.resolve());
  const cancel = vi.fn(() => new Promise<void>((resolve) => (stopped = resolve)));
  const run = vi.fn((_input: { sessionId: string; resultId: string }, { signal }: { signal: AbortSignal }) =>
    Promise.resolve(
      (async function* (): AsyncGenerator<RunEvent> {
        yield { type: 'progress', elapsedMs: 1, fraction: 0.5, firstRows: null };
        signal.throwIfAborted();
        await new Promise<void>((resolve, reject) => {
          endings.push(resolve);
          signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
        });
        yield noRows;
      })(),
    ),
  );
  const client = {
    results: { run, close, cancel, closeSession },
  } as unknown as WarehouseClient;
  return { client, run, close, closeSession, end: () => endings.at(-1)?.(), stop: () => stopped() };
}

describe('QuerySession', () => {
  it('goes from running, with progress, to done', async () => {
    const { client, end } = makeWarehouse();
    const session = new QuerySession(() => client);
    const running = session.run('CREATE TEMP TABLE t AS SELECT 1');
    await vi.waitFor(() => expect(session.getSnapshot()).toMatchObject({ status: 'running', fraction: 0.5 }));
    end();
    await running;
    expect(session.getSnapshot()).toMatchObject({ status: 'done', windows: null, outcome: { kind: 'CREATE' } });
  });

  it('aborts the call when cancelled, and is cancelled once the warehouse has stopped', async () => {
    const { client, run, stop } = makeWarehouse();
    const session = new QuerySession(() => client);
    const running = session.run('SELECT 1');
    await vi.waitFor(() => expect(run).toHaveBeenCalled());
    session.cancel();
    expect(session.getSnapshot().status).toBe('stopping');
    await running;
    expect(session.getSnapshot().status).toBe('stopping');
    stop();
    await vi.waitFor(() => expect(session.getSnapshot().status).toBe('cancelled'));
    expect(run.mock.calls[0]?.[1].signal.aborted).toBe(true);
  });

  it('says so when there is no warehouse process', async () => {
    const session = new QuerySession(() => null);
    await session.run('SELECT 1');
    expect(session.getSnapshot()).toMatchObject({ status: 'failed', error: { code: 'WORKER_CRASHED' } });
  });

  it('ends its session when closed, and runs in another one after that', async () => {
    const { client, run, closeSession } = makeWarehouse();
    const session = new QuerySession(() => client);
    void session.run('SELECT 1');
    session.close();
    void session.run('SELECT 2');
    await vi.waitFor(() => expect(run).toHaveBeenCalledTimes(2));
    const [first, second] = run.mock.calls.map(([{ sessionId }]) => sessionId);
    expect(closeSession).toHaveBeenCalledExactlyOnceWith({ sessionId: first });
    expect(second).not.toBe(first);
    session.close();
  });

  it('closes the result of every run but the last, though none has ended yet', async () => {
    const { client, run, close } = makeWarehouse();
    const session = new QuerySession(() => client);
    for (let number = 0; number < 4; number += 1) void session.run('SELECT 1');
    await vi.waitFor(() => expect(run).toHaveBeenCalledTimes(4));
    const ids = run.mock.calls.map(([{ resultId }]) => resultId);
    expect(new Set(ids).size).toBe(4);
    expect(close.mock.calls.map(([{ resultId }]) => resultId)).toEqual(ids.slice(0, 3));
    session.discard();
    expect(close).toHaveBeenLastCalledWith({ resultId: ids[3] });
  });

  it('closes the result of a run that is cancelled: its end may be on its way', async () => {
    const { client, run, close, end } = makeWarehouse();
    const session = new QuerySession(() => client);
    const running = session.run('SELECT 1');
    await vi.waitFor(() => expect(session.getSnapshot()).toMatchObject({ fraction: 0.5 }));
    end();
    session.cancel();
    await running;
    expect(close).toHaveBeenCalledExactlyOnceWith({ resultId: run.mock.calls[0]?.[0].resultId });
  });
});
