import { afterEach, expect, it, vi } from 'vitest';
import type { Connection } from '../client/connection';
import { ConsoleTabs } from './console-tabs';

afterEach(() => vi.unstubAllGlobals());

it('tells why the tabs could not be loaded, and loads them when asked again', async () => {
  const load = vi
    .fn()
    .mockRejectedValueOnce(new Error('EIO: i/o error, read'))
    .mockResolvedValue({
      tabs: [{ id: 'a', name: 'Kept', query: null, parameters: {} }],
      closed: [],
      activeId: 'a',
      texts: { a: 'SELECT 1' },
    });
  const main = { client: { console: { load, saveTabs: () => Promise.resolve(), saveText: () => Promise.resolve() } } };
  const connection = {
    getSnapshot: () => ({ main, warehouse: null }),
    subscribe: () => () => {},
  } as unknown as Connection;
  vi.stubGlobal('window', new EventTarget());
  const tabs = new ConsoleTabs(connection);
  const told = vi.fn();
  tabs.subscribe(told);
  await tabs.load();
  expect(tabs.getSnapshot()).toMatchObject({ loaded: false, problem: { cause: 'EIO: i/o error, read' } });
  expect(told, 'who shows them is told').toHaveBeenCalled();
  await tabs.load();
  expect(tabs.getSnapshot()).toMatchObject({ loaded: true, problem: null });
  expect(tabs.getSnapshot().active?.getSnapshot()).toMatchObject({ title: 'Kept', text: 'SELECT 1' });
});

it('replaces its snapshots, and those of its tabs, instead of changing them', async () => {
  const console = { saveTabs: () => Promise.resolve(), saveText: () => Promise.resolve(), load: () => undefined };
  const connection = {
    getSnapshot: () => ({ main: { client: { console } }, warehouse: null }),
    subscribe: () => () => {},
  } as unknown as Connection;
  vi.stubGlobal('window', new EventTarget());
  const tabs = new ConsoleTabs(connection);
  await tabs.load();
  const before = tabs.getSnapshot();
  const first = before.all[0];
  const written = first?.getSnapshot();
  expect(before.all).toHaveLength(1);

  const second = tabs.add({ text: 'SELECT 2', query: 'two.sql' });
  expect(before).toMatchObject({ all: [first], active: first });
  expect(tabs.getSnapshot()).toMatchObject({ all: [first, second], active: second });

  first?.write('SELECT 1');
  expect(written?.text).not.toBe('SELECT 1');
  expect(first?.getSnapshot().text).toBe('SELECT 1');
  second.update({ savedText: 'SELECT 2' });
  expect(second.getSnapshot()).toMatchObject({ title: 'two', unsaved: false });
  second.write('SELECT 3');
  expect(second.getSnapshot().unsaved).toBe(true);

  tabs.close(second);
  expect(tabs.getSnapshot()).toMatchObject({ all: [first], closed: [second], active: first });
});

it('knows a tab as running from the start of its run, and no longer when it has ended', async () => {
  const console = {
    saveTabs: () => Promise.resolve(),
    saveText: () => Promise.resolve(),
    record: () => Promise.resolve(),
  };
  const ends: (() => void)[] = [];
  const outcome = { kind: 'CREATE', elapsedMs: 1, result: null, changedRows: null };
  const run = async function* run() {
    await new Promise<void>((resolve) => ends.push(resolve));
    yield { type: 'done', outcome };
  };
  const results = { run: () => Promise.resolve(run()), close: () => Promise.resolve() };
  const connection = {
    getSnapshot: () => ({ main: { client: { console } }, warehouse: { id: 1, client: { results } } }),
    subscribe: () => () => {},
  } as unknown as Connection;
  vi.stubGlobal('window', new EventTarget());
  const tabs = new ConsoleTabs(connection);
  const tab = tabs.add({ text: 'CREATE TABLE t (a INT)' });
  tab.runAll();
  expect(tabs.getSnapshot().running).toBe(tab);
  await vi.waitFor(() => expect(ends).toHaveLength(1));
  ends[0]?.();
  await vi.waitFor(() => expect(tabs.getSnapshot()).toMatchObject({ running: null, endedRuns: 1 }));
  expect(tab.getSnapshot().shown?.session.getSnapshot().status).toBe('done');
});

it('runs the example of the first use, also of a console that was opened before and not used', async () => {
  const started: string[] = [];
  const texts: Record<string, string> = {};
  let stored: unknown;
  let history: unknown[] = [];
  const console = {
    load: () => Promise.resolve(stored),
    saveTabs: (tabs: object) => Promise.resolve((stored = { ...tabs, texts })),
    saveText: ({ id, text }: { id: string; text: string }) => Promise.resolve((texts[id] = text)),
    history: () => Promise.resolve(history),
    record: () => Promise.resolve(),
  };
  const results = {
    run: ({ sql }: { sql: string }) => Promise.resolve(started.push(sql)).then(() => endless()),
    cancel: () => Promise.resolve(),
    close: () => Promise.resolve(),
    closeSession: () => Promise.resolve(),
  };
  const endless = async function* endless() {
    await new Promise(() => undefined);
    yield { type: 'progress' };
  };
  const connection = {
    getSnapshot: () => ({ main: { client: { console } }, warehouse: { id: 1, client: { results } } }),
    subscribe: () => () => {},
  } as unknown as Connection;
  vi.stubGlobal('window', new EventTarget());
  const start = async () => {
    const tabs = new ConsoleTabs(connection);
    await tabs.load();
    return tabs;
  };
  const { active } = (await start()).getSnapshot();
  expect(started, 'nothing to query yet').toEqual([]);
  await vi.waitFor(() => expect(texts[active?.id ?? '']).toContain('FROM silver_events'));

  const second = await start();
  second.runFirst('local');
  await vi.waitFor(() => expect(started).toHaveLength(1));
  expect(started[0]).toContain('GROUP BY event_name');
  second.runFirst('local');

  history = [{ sql: 'SELECT 1' }];
  (await start()).runFirst('local');
  history = [];
  texts[active?.id ?? ''] += ' ';
  (await start()).runFirst('local');
  expect(started, 'a console that has been used runs nothing by itself').toHaveLength(1);

  texts[active?.id ?? ''] = texts[active?.id ?? '']?.trimEnd() + '\n';
  const away = await start();
  away.runFirst('cluster');
  expect(away.getSnapshot().active?.getSnapshot().on, 'where its table is').toBe('cluster');
  expect(started, 'nothing runs on a cluster by itself').toHaveLength(1);
});
