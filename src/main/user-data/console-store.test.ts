import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ConsoleStore } from './console-store';
import { UserFiles } from './user-files';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'micro-warehouse-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const tab = (id: string) => ({ id, name: null, query: null, parameters: {}, on: 'local' as const });
const run = (sql: string, error: string | null = null) => ({
  sql,
  parameters: {},
  startedAt: '2025-01-06T10:00:00.000Z',
  elapsedMs: 3,
  rows: error === null ? 1 : null,
  error,
  cancelled: false,
  on: 'local' as const,
});

describe('tabs and drafts', () => {
  test('are there again, by workspace', async () => {
    const folder = await temporaryFolder();
    const store = new ConsoleStore(new UserFiles(folder, () => undefined), '/a');
    void store.saveText('one', 'SELECT 1');
    void store.saveTabs({ tabs: [tab('one'), tab('two')], closed: [], activeId: 'two' });
    void store.saveText('two', 'SELECT 2');
    await store.saveText('two', 'SELECT 22');
    const loaded = await new ConsoleStore(new UserFiles(folder, () => undefined), '/a').load();
    expect(loaded).toMatchObject({ activeId: 'two', texts: { one: 'SELECT 1', two: 'SELECT 22' } });
    expect(await new ConsoleStore(new UserFiles(folder, () => undefined), '/b').load()).toMatchObject({
      tabs: [],
      texts: {},
    });
  });

  test('that an older version saved run on this machine', async () => {
    const folder = await temporaryFolder();
    const store = new ConsoleStore(new UserFiles(folder, () => undefined), '/a');
    await store.saveTabs({ tabs: [{ ...tab('one'), on: 'cluster' }, tab('two')], closed: [], activeId: 'two' });
    expect((await store.load()).tabs.map(({ on }) => on)).toEqual(['cluster', 'local']);
    const [workspace = ''] = await readdir(path.join(folder, 'workspaces'));
    const file = path.join(folder, 'workspaces', workspace, 'console/tabs.json');
    const older = (await readFile(file, 'utf8')).replaceAll(/,\s*"on": "\w+"/g, '');
    expect(older).not.toContain('"on"');
    await writeFile(file, older);
    expect((await store.load()).tabs).toEqual([tab('one'), tab('two')]);
  });

  test('texts go with their tabs', async () => {
    const folder = await temporaryFolder();
    const store = new ConsoleStore(new UserFiles(folder, () => undefined), '/a');
    await store.saveText('one', 'SELECT 1');
    await store.saveTabs({ tabs: [tab('two')], closed: [], activeId: 'two' });
    const [workspace = ''] = await readdir(path.join(folder, 'workspaces'));
    expect(await readdir(path.join(folder, 'workspaces', workspace, 'console/drafts'))).toEqual([]);
  });
});

describe('history', () => {
  test('keeps every run, newest first, and finds them by words of SQL and how they ended', async () => {
    const folder = await temporaryFolder();
    const store = new ConsoleStore(new UserFiles(folder, () => undefined), '/a');
    await store.record(run('SELECT one FROM first'));
    await store.record(run('SELEC', 'Parser Error'));
    await store.record(run('SELECT two FROM second'));
    const again = new ConsoleStore(new UserFiles(folder, () => undefined), '/a');
    expect((await again.history('', 10)).map(({ sql }) => sql)).toEqual([
      'SELECT two FROM second',
      'SELEC',
      'SELECT one FROM first',
    ]);
    expect((await again.history('from SELECT', 1)).map(({ sql }) => sql)).toEqual(['SELECT two FROM second']);
    const day = { type: 'DATE', value: '2025-01-31' } as const;
    await again.record({ ...run('SELECT $day'), parameters: { day } });
    expect(await new ConsoleStore(new UserFiles(folder, () => undefined), '/a').history('day', 10)).toMatchObject([
      { parameters: { day } },
    ]);
    expect(await again.history('parser', 10)).toMatchObject([{ sql: 'SELEC' }]);
    await again.record({ ...run('FROM range(1e12)'), rows: null, cancelled: true });
    expect(await again.history('cancelled', 10)).toMatchObject([{ sql: 'FROM range(1e12)', error: null }]);
  });

  test('a line that a crash cut short costs that line only', async () => {
    const folder = await temporaryFolder();
    await new ConsoleStore(new UserFiles(folder, () => undefined), '/a').record(run('SELECT 1'));
    const [workspace = ''] = await readdir(path.join(folder, 'workspaces'));
    await appendFile(path.join(folder, 'workspaces', workspace, 'console/history.jsonl'), '{"id":"x","sql":"SEL');
    expect(await new ConsoleStore(new UserFiles(folder, () => undefined), '/a').history('', 10)).toHaveLength(1);
  });

  test('runs of versions that did not know of parameters and cancelling are kept', async () => {
    const folder = await temporaryFolder();
    const store = new ConsoleStore(new UserFiles(folder, () => undefined), '/a');
    await store.record(run('SELECT 1'));
    const [workspace = ''] = await readdir(path.join(folder, 'workspaces'));
    const { parameters: _, cancelled: __, ...old } = { id: 'old', ...run('SELECT old') };
    await appendFile(path.join(folder, 'workspaces', workspace, 'console/history.jsonl'), `${JSON.stringify(old)}\n`);
    expect(await new ConsoleStore(new UserFiles(folder, () => undefined), '/a').history('old', 10)).toMatchObject([
      { parameters: {}, cancelled: false },
    ]);
  });
});
