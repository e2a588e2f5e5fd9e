import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { SetAside } from '../../contract/workspace';
import { ConsoleStore } from './console-store';
import { SettingsFile } from './settings-file';
import { UserFiles } from './user-files';
import { checkWindowFile } from './window-file';

const workspace = '/data/warehouse';
const tab = (id: string) => ({ id, name: `Tab ${id}`, query: null, parameters: {}, on: 'local' as const });
const tabs = { tabs: [tab('a'), tab('b')], closed: [tab('c')], activeId: 'b' };
const texts = { a: 'SELECT 1 -- ä', b: 'SELECT 2\nFROM t', c: 'SELECT 3' };
const runs = ['SELECT one', 'SELECT two', 'SELECT three', 'SELECT four'];
const settings = { theme: 'dark' as const, threads: 3, workspace, recent: [workspace, '/data/other'] };
const place = { x: 10, y: 20, width: 1000, height: 700, maximized: false };

const files = ['settings.json', 'window.json', 'tabs.json', 'drafts/a.sql', 'drafts/c.sql', 'history.jsonl'] as const;
type FileName = (typeof files)[number];

/** Starts the app, as far as its own files go. */
async function start(folder: string) {
  const setAside: SetAside[] = [];
  const userFiles = new UserFiles(folder, (event) => setAside.push(event));
  const settingsFile = new SettingsFile(userFiles);
  const store = new ConsoleStore(userFiles, workspace);
  await checkWindowFile(userFiles);
  const loaded = await settingsFile.read();
  const stored = await store.load();
  const history = await store.history('', 100);
  return { setAside, settingsFile, store, settings: loaded, stored, history: history.map(({ sql }) => sql) };
}

type Started = Awaited<ReturnType<typeof start>>;

/** Writes each of the files, as using the app does. */
async function use({ settingsFile, store, stored }: Started): Promise<void> {
  await settingsFile.update(() => ({ memoryMb: 700 }));
  const { texts: _, ...list } = stored;
  await store.saveTabs(list);
  await store.saveText('a', 'SELECT new');
  await store.record({ ...run('SELECT five') });
}

const run = (sql: string) => ({
  sql,
  parameters: {},
  startedAt: '2025-01-06T10:00:00.000Z',
  elapsedMs: 3,
  rows: 1,
  error: null,
  cancelled: false,
  on: 'local' as const,
});

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'micro-warehouse-user-data-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A user-data folder in which everything is in order. */
async function filledFolder(): Promise<string> {
  const folder = await temporaryFolder();
  const userFiles = new UserFiles(folder, () => undefined);
  await new SettingsFile(userFiles).update(() => settings);
  await writeFile(path.join(folder, 'window.json'), JSON.stringify(place));
  const store = new ConsoleStore(userFiles, workspace);
  for (const [id, text] of Object.entries(texts)) await store.saveText(id, text);
  await store.saveTabs(tabs);
  for (const sql of runs) await store.record(run(sql));
  return folder;
}

async function pathOf(folder: string, file: FileName): Promise<string> {
  if (file === 'settings.json' || file === 'window.json') return path.join(folder, file);
  const [name = ''] = await readdir(path.join(folder, 'workspaces'));
  return path.join(folder, 'workspaces', name, 'console', file);
}

/** The content of every regular file. */
async function contents(folder: string): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  for (const name of await readdir(folder, { recursive: true })) {
    const file = path.join(folder, name);
    if ((await stat(file).catch(() => null))?.isFile()) all.set(name, await readFile(file, 'latin1'));
  }
  return all;
}

/** All damage must leave the other files as they were, and the second start silent. */
async function expectRestIntact(folder: string, file: FileName, first: Started): Promise<void> {
  if (file !== 'settings.json') expect(first.settings).toMatchObject(settings);
  if (file !== 'tabs.json') {
    expect(first.stored.tabs.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(first.stored).toMatchObject({ closed: tabs.closed, activeId: 'b' });
  }
  for (const [id, text] of Object.entries(texts)) {
    if (file !== `drafts/${id}.sql`) expect(Object.values(first.stored.texts)).toContain(text);
  }
  if (file !== 'history.jsonl') expect(first.history).toEqual(runs.toReversed());
  for (const event of first.setAside) expect(event.keptAs).not.toBeNull();
  await use(first);
  const second = await start(folder);
  expect(second.setAside.filter(({ file: name }) => name !== 'window.json')).toEqual([]);
  expect(second.settings.memoryMb).toBe(700);
  expect(second.stored.texts.a).toBe('SELECT new');
  expect(second.history).toEqual(['SELECT five', ...first.history]);
}

/** A file that is cut, of which a byte is changed, or of which a part is zeros, as after a power cut. */
const byteDamage = fc.record({
  file: fc.constantFrom(...files),
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  kind: fc.oneof(
    fc.constant('cut' as const),
    fc.constant('zeros' as const),
    fc.integer({ min: 1, max: 255 }).map((flip) => ({ flip })),
  ),
});

test('a file that is cut or changed at any byte costs itself at most, and is kept', { timeout: 120_000 }, async () => {
  // fast-check prints its seed and the smallest damage that fails.
  await fc.assert(
    fc.asyncProperty(byteDamage, async ({ file, at, kind }) => {
      const folder = await filledFolder();
      const target = await pathOf(folder, file);
      const bytes = await readFile(target);
      const position = Math.floor(at * bytes.length);
      const damaged = kind === 'cut' ? bytes.subarray(0, position) : Buffer.from(bytes);
      if (kind === 'zeros') damaged.fill(0, position);
      else if (kind !== 'cut') damaged[position] = (bytes[position] ?? 0) ^ kind.flip;
      await writeFile(target, damaged);

      const first = await start(folder);
      if (first.setAside.length > 0)
        expect([...(await contents(folder)).values()]).toContain(damaged.toString('latin1'));
      if (file === 'history.jsonl') {
        const untouched = bytes.subarray(0, position).toString().split('\n').length - 1;
        expect(first.history.toReversed().slice(0, untouched)).toEqual(runs.slice(0, untouched));
        // A changed byte costs its line; a changed line break the two that it parted.
        if (typeof kind === 'object') expect(first.history.length).toBeGreaterThanOrEqual(runs.length - 2);
      }
      await expectRestIntact(folder, file, first);
      await rm(folder, { recursive: true });
    }),
    { numRuns: 80 },
  );
});

const laterVersion = JSON.stringify({ version: 7, tabs: { layout: [] }, theme: 'sepia', sounds: true, x: 'left' });

test.each(
  files.flatMap((file) =>
    ['', '[]', 'null', '{}', '"text"', '17', '{"tabs":[null,{"id":"../x"}],"recent":{}}', laterVersion].map((text) => ({
      file,
      text,
    })),
  ),
)('$file that holds $text', async ({ file, text }) => {
  const folder = await filledFolder();
  await writeFile(await pathOf(folder, file), text);
  const first = await start(folder);
  const isText = file.endsWith('.sql') || (file === 'settings.json' && text === '{}');
  const isEmptyLog = file === 'history.jsonl' && text === '';
  // A line without an end is one that a crash cut short.
  if (!isText && file !== 'history.jsonl') {
    expect(first.setAside).toHaveLength(1);
    expect([...(await contents(folder)).values()]).toContain(text);
  }
  if (isEmptyLog) expect(first.history).toEqual([]);
  await expectRestIntact(folder, file, first);
});

const inPlace = {
  'a folder': async (file: string) => {
    await mkdir(file);
    await writeFile(path.join(file, 'note.txt'), 'kept');
  },
  'a pipe': (file: string) => void execFileSync('mkfifo', [file]),
  'a link that leads nowhere': (file: string) => symlink('/nowhere/at/all', file),
  'a link to itself': (file: string) => symlink(path.basename(file), file),
};

test
  .skipIf(process.platform === 'win32')
  .each(files.flatMap((file) => Object.entries(inPlace).map(([what, make]) => ({ file, what, make }))))(
  '$what in place of $file',
  async ({ file, make }) => {
    const folder = await filledFolder();
    const target = await pathOf(folder, file);
    await rm(target);
    await make(target);
    await expectRestIntact(folder, file, await start(folder));
    if (make === inPlace['a folder']) expect([...(await contents(folder)).values()]).toContain('kept');
  },
);

test.each(['workspaces', 'workspaces/x', 'workspaces/x/console', 'workspaces/x/console/drafts'])(
  'a file in place of the folder %s is set aside once something is to be written',
  async (name) => {
    const folder = await filledFolder();
    const [hash = ''] = await readdir(path.join(folder, 'workspaces'));
    const target = path.join(folder, name.replace('/x', `/${hash}`));
    await rm(target, { recursive: true });
    await writeFile(target, 'in the way');
    const first = await start(folder);
    await use(first);
    expect(first.setAside).toMatchObject([
      { file: path.relative(folder, target), reason: 'it is a file where a folder is needed' },
    ]);
    expect([...(await contents(folder)).values()]).toContain('in the way');
    const second = await start(folder);
    expect(second.settings).toMatchObject(settings);
    expect(second.stored.texts.a ?? 'SELECT new').toBe('SELECT new');
    expect(second.history[0]).toBe('SELECT five');
  },
);

test('without a list of tabs the last texts are open, older ones can be reopened, and none is lost', async () => {
  const folder = await filledFolder();
  const store = new ConsoleStore(new UserFiles(folder, () => undefined), workspace);
  for (let number = 1; number <= 12; number += 1) await store.saveText(`text-${number}`, `SELECT ${number}`);
  await writeFile(await pathOf(folder, 'tabs.json'), '[]');
  const { stored, setAside } = await start(folder);
  expect(stored.tabs).toHaveLength(10);
  expect(stored.closed).toHaveLength(5);
  expect(Object.values(stored.texts)).toEqual(expect.arrayContaining([...Object.values(texts), 'SELECT 12']));
  expect(setAside[0]?.reason).toBe("it doesn't contain tabs");
});

test('a list with one tab that cannot be read keeps the others as they were', async () => {
  const folder = await filledFolder();
  const damaged = { ...tabs, tabs: [{ ...tab('a'), parameters: 7 }, { id: 5 }, tab('b'), tab('b')] };
  await writeFile(await pathOf(folder, 'tabs.json'), JSON.stringify(damaged));
  const { stored, setAside } = await start(folder);
  expect(stored).toMatchObject({ tabs: [tab('a'), tab('b')], closed: [tab('c')], activeId: 'b' });
  expect(setAside).toMatchObject([{ reason: "some of its tabs can't be read" }]);
});

test('settings of a later version keep what this version does not know', async () => {
  const folder = await temporaryFolder();
  await writeFile(path.join(folder, 'settings.json'), JSON.stringify({ theme: 'dark', sounds: { on: true } }));
  const { settingsFile, setAside } = await start(folder);
  await settingsFile.update(() => ({ threads: 2 }));
  const stored: unknown = JSON.parse(await readFile(path.join(folder, 'settings.json'), 'utf8'));
  expect(stored).toMatchObject({ theme: 'dark', threads: 2, sounds: { on: true } });
  expect(setAside).toEqual([]);
});

test('entries after a torn line of the history are not lost with it', async () => {
  const folder = await filledFolder();
  const file = await pathOf(folder, 'history.jsonl');
  await writeFile(file, `${await readFile(file, 'utf8')}{"id":"x","sql":"SEL`);
  const first = await start(folder);
  await first.store.record(run('SELECT five'));
  expect(first.setAside).toEqual([]);
  expect((await start(folder)).history).toEqual(['SELECT five', ...runs.toReversed()]);
});
