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
    getState: () => ({ main, warehouse: null }),
    subscribe: () => () => {},
  } as unknown as Connection;
  vi.stubGlobal('window', new EventTarget());
  const tabs = new ConsoleTabs(connection);
  const version = tabs.getVersion();
  await tabs.load();
  expect(tabs.loaded).toBe(false);
  expect(tabs.problem).toMatchObject({ cause: 'EIO: i/o error, read' });
  expect(tabs.getVersion(), 'who shows them is told').toBeGreaterThan(version);
  await tabs.load();
  expect(tabs.problem).toBeNull();
  expect(tabs.loaded).toBe(true);
  expect(tabs.active).toMatchObject({ title: 'Kept', text: 'SELECT 1' });
});
