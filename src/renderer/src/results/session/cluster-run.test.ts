import { describe, expect, it, vi } from 'vitest';
import type { ClusterMoreEvent, ClusterProgress, ClusterRunEvent } from '../../../../contract/cluster';
import type { WarehouseClient } from '../../client/connection';
import type { ResultWindows } from '../rows/result-windows';
import { QuerySession } from './query-session';

vi.mock('../rows/open-windows', () => ({
  openWindows: (_: unknown, { rows }: { rows: number }) => Promise.resolve({ rows } as unknown as ResultWindows),
}));

const progress: ClusterProgress = {
  state: 'RUNNING',
  queryId: 'q',
  nodes: 2,
  completedSplits: 7,
  totalSplits: 40,
  processedRows: 1_000,
  processedBytes: 1,
  cpuTimeMs: 1,
  elapsedMs: 1,
};

/** A cluster whose queries report progress once and then wait for the test; the first 100 of 150 rows come at once. */
function makeCluster() {
  const ends: (() => void)[] = [];
  const wait = () => new Promise<void>((resolve) => ends.push(resolve));
  const result = (resultId: string, rows: number) => ({ resultId, columns: [{ name: 'n', type: 'BIGINT' }], rows });
  const run = vi.fn(({ resultId }: { resultId: string }) =>
    Promise.resolve(
      (async function* (): AsyncGenerator<ClusterRunEvent> {
        yield { type: 'progress', progress };
        await wait();
        const outcome = { kind: 'SELECT', queryId: 'q', elapsedMs: 3, more: true, notes: ['a is text.'] };
        yield { type: 'done', outcome: { ...outcome, result: result(resultId, 100) } };
      })(),
    ),
  );
  const more = vi.fn(({ resultId }: { resultId: string }) =>
    Promise.resolve(
      (async function* (): AsyncGenerator<ClusterMoreEvent> {
        yield { type: 'progress', progress };
        await wait();
        yield { type: 'done', outcome: { result: result(resultId, 150), more: false } };
      })(),
    ),
  );
  const nothing = () => Promise.resolve();
  const cancel = vi.fn(nothing);
  const local = vi.fn();
  const arrange = vi.fn(({ arrangedId, resultId }: { arrangedId: string; resultId: string }) =>
    Promise.resolve(result(arrangedId, resultId === '' ? 0 : 7)),
  );
  const results = { run: local, close: vi.fn(nothing), cancel, closeSession: nothing, arrange };
  const client = { results, clusterConsole: { run, more } } as unknown as WarehouseClient;
  return { client, run, more, local, cancel, arrange, end: () => ends.at(-1)?.() };
}

async function done() {
  const cluster = makeCluster();
  const session = new QuerySession(() => cluster.client);
  const running = session.run('SELECT n', { on: 'cluster' });
  await vi.waitFor(() => expect(session.getSnapshot()).toMatchObject({ status: 'running', cluster: progress }));
  cluster.end();
  await running;
  return { ...cluster, session };
}

describe('a query on the cluster', () => {
  it('shows its progress, then its rows, and whether there are more', async () => {
    const { session, local } = await done();
    expect(session.getSnapshot()).toMatchObject({
      status: 'done',
      on: 'cluster',
      outcome: { kind: 'SELECT', changedRows: null, result: { rows: 100 } },
      cluster: { queryId: 'q', more: true, fetching: false, notes: ['a is text.'] },
    });
    expect(local).not.toHaveBeenCalled();
  });

  it('fetches more rows once, forgets answers about the old ones, and shows them all', async () => {
    const { session, more, end } = await done();
    const forgotten: unknown[] = [];
    const rowsNow = () => {
      const state = session.getSnapshot();
      return state.status === 'done' ? state.outcome.result?.rows : null;
    };
    const fetching = session.fetchMore(() => forgotten.push(rowsNow()));
    void session.fetchMore(() => forgotten.push('again'));
    await vi.waitFor(() => expect(session.getSnapshot()).toMatchObject({ cluster: { fetching: true, progress } }));
    end();
    await fetching;
    expect(more).toHaveBeenCalledTimes(1);
    expect(forgotten, 'before the new rows are shown').toEqual([100]);
    expect(session.getSnapshot()).toMatchObject({
      outcome: { result: { rows: 150 } },
      windows: { rows: 150 },
      cluster: { more: false, fetching: false },
    });
  });

  it('sorts all rows again when more have been fetched', async () => {
    const { session, arrange, end } = await done();
    const arranged = () => {
      const state = session.getSnapshot();
      if (state.status !== 'done' || !state.arranged) throw new Error('There is no result.');
      return state.arranged;
    };
    const kept = arranged();
    const sort = [{ column: 0, descending: true }];
    kept.arrange({ sort, filters: [] });
    await vi.waitFor(() => expect(kept.getSnapshot().pending).toBe(false));
    const fetching = session.fetchMore(() => undefined);
    await vi.waitFor(() => expect(session.getSnapshot()).toMatchObject({ cluster: { fetching: true, progress } }));
    end();
    await fetching;
    await vi.waitFor(() => expect(arrange).toHaveBeenCalledTimes(2));
    expect(arrange.mock.calls[1]?.[0]).toMatchObject({ sort });
    // The same object: view and chart of the user belong to it.
    expect(arranged()).toBe(kept);
    expect(kept.getSnapshot().arrangement.sort).toEqual(sort);
  });

  it('keeps its rows and says why if more of them can not be fetched', async () => {
    const { session, more } = await done();
    more.mockRejectedValueOnce(new Error('The cluster is gone.'));
    await session.fetchMore(() => undefined);
    expect(session.getSnapshot()).toMatchObject({
      status: 'done',
      outcome: { result: { rows: 100 } },
      cluster: { more: false, fetching: false, error: { message: expect.any(String) } },
    });
  });

  it('does not show rows that arrive after its result was replaced', async () => {
    const { session, end, run } = await done();
    const fetching = session.fetchMore(() => undefined);
    await vi.waitFor(() => expect(session.getSnapshot()).toMatchObject({ cluster: { fetching: true, progress } }));
    const finishOld = end;
    void session.run('SELECT 2', { on: 'cluster' });
    finishOld();
    await fetching;
    expect(session.getSnapshot().status).toBe('running');
    await vi.waitFor(() => expect(run).toHaveBeenCalledTimes(2));
    session.discard();
  });

  it('is cancelled by the same call as others', async () => {
    const { client, cancel, run } = makeCluster();
    const session = new QuerySession(() => client);
    void session.run('SELECT n', { on: 'cluster' });
    await vi.waitFor(() => expect(run).toHaveBeenCalled());
    session.cancel();
    expect(cancel).toHaveBeenCalledExactlyOnceWith({ resultId: run.mock.calls[0]?.[0].resultId });
  });
});
