import { link, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../contract/app-error';
import { QueryFiles } from '../console/query-files';
import { recoverWhenOpened } from '../warehouse/recover-workspace';
import { repeatDay } from '../generation/run/repeat-day';
import { readRunLog } from '../commit/run-log';
import { generate, inProcessWorker, logEntryOf, sqlFolder } from '../testing/generation';
import { hostileWorkspace, type HostileWorkspace } from '../testing/hostile-workspace';
import { modelsFolder } from '../testing/temporary-workspace';
import { deleteDays, emptyTrash, listDeletions, restoreDeletion } from '../commit/trash';
import { Warehouse } from '../warehouse/warehouse';

/*
 * Contents that a folder from somebody else may have. Every operation on it either works or is refused with a message,
 * within seconds, and the neighbouring files stay the same to the byte.
 */

const runId = '20250101T000000000-aaaaaa';
const otherRun = '20250101T000000000-bbbbbb';
const staging = `data/.staging/${runId}`;
const day = 'date=2025-03-01';
const journal = (replaced: readonly string[] = [], entry: unknown = null) =>
  JSON.stringify({ version: 1, replaced, entry });
const note = (id: string) =>
  JSON.stringify({ id, deletedAt: '2099-01-01T00:00:00.000Z', days: ['2025-03-01'], files: 1 });

type Trap = (hostile: HostileWorkspace) => Promise<void>;

const traps: Record<string, Trap> = {
  'the staging folder is a link to documents': ({ link: to, documents }) => to('data/.staging', documents),
  'the staging folder is a relative link': ({ link: to }) => to('data/.staging', '../../../Documents'),
  'the trash is a link to documents': ({ link: to, documents }) => to('data/.trash', documents),
  'data is a link to documents': ({ link: to, documents }) => to('data', documents),
  'the events are a link to documents': ({ link: to, documents }) => to('data/events', documents),
  'exports are a link to documents': ({ link: to, documents }) => to('exports', documents),
  'models are a link to documents': ({ link: to, documents }) => to('models', documents),
  'queries are a link to documents': ({ link: to, documents }) => to('queries', documents),
  'a staged run is a link': ({ link: to, documents }) => to(staging, documents),
  'a discarded run is a link': ({ link: to, documents }) => to(`${staging}.discarded`, documents),
  'a staged shell file, and a day that leads home': async ({ put, link: to, home }) => {
    await put(`${staging}/events/${day}/.bashrc`, 'theirs');
    await put(`${staging}/journal.json`, journal());
    await to(`data/events/${day}`, home);
  },
  'a staged event file, and a day that leads to documents': async ({ put, link: to, documents }) => {
    await put(`${staging}/events/date=2025-01-01/events-mine.parquet`, 'theirs');
    await put(`${staging}/journal.json`, journal());
    await to('data/events/date=2025-01-01', path.join(documents, 'date=2025-01-01'));
  },
  'a replaced shell file without a journal': async ({ put, link: to, home }) => {
    await put(`${staging}/replaced/${day}/.bashrc`, 'theirs');
    await to(`data/events/${day}`, home);
  },
  'a journal that replaces a file outside': ({ put }) =>
    put(`${staging}/journal.json`, journal(['../../../../Documents/note.txt'])),
  'a journal that replaces from an empty folder outside': ({ put }) =>
    put(`${staging}/journal.json`, journal(['../../../../Documents/empty/x'])),
  'a journal with a day that climbs': ({ put }) =>
    put(
      `${staging}/journal.json`,
      journal(['date=2025-01-01/../../../../../Documents/date=2025-01-01/events-mine.parquet']),
    ),
  'a journal of another run': ({ put }) =>
    put(`${staging}/journal.json`, journal([], logEntryOf('../../../Documents'))),
  'staged events are a link': ({ link: to, documents }) => to(`${staging}/events`, documents),
  'a staged day is a link, and the run is journalled': async ({ put, link: to, documents }) => {
    await to(`${staging}/events/date=2025-01-01`, path.join(documents, 'date=2025-01-01'));
    await put(`${staging}/journal.json`, journal());
  },
  'a staged file is a link, and the run is journalled': async ({ put, link: to, documents }) => {
    await to(`${staging}/events/${day}/events-x.parquet`, path.join(documents, 'note.txt'));
    await put(`${staging}/journal.json`, journal());
  },
  'the journal is a link': ({ link: to, documents }) => to(`${staging}/journal.json`, path.join(documents, 'note.txt')),
  'the journal is a named pipe': ({ pipe }) => pipe(`${staging}/journal.json`),
  'the journal is a folder': ({ put }) => put(`${staging}/journal.json/x`),
  'the journal is nested deeply': ({ put }) => put(`${staging}/journal.json`, '['.repeat(1_000_000)),
  'the generators are a link': ({ link: to, documents }) => to(`${staging}/generators`, documents),
  'a generator file is a pipe': ({ pipe }) => pipe(`${staging}/generators/1.json`),
  'the run log is a link': ({ link: to, documents }) => to('data/runs.jsonl', path.join(documents, 'note.txt')),
  'the run log is a dangling link': ({ link: to, documents }) => to('data/runs.jsonl', path.join(documents, 'new.txt')),
  'the run log is a named pipe': ({ pipe }) => pipe('data/runs.jsonl'),
  'the run log is a folder': ({ put }) => put('data/runs.jsonl/x'),
  'the run log names a run outside': ({ put }) =>
    put(
      'data/runs.jsonl',
      ['../../../../Documents/x', '', '..'].map((id) => `${JSON.stringify(logEntryOf(id))}\n`).join(''),
    ),
  'the folder of published runs is a link': ({ link: to, documents }) => to('data/runs', documents),
  'a published run is a link': ({ link: to, documents }) =>
    to('data/runs/20250101T000000000-aaaaaa.json', path.join(documents, 'note.txt')),
  'a published run is a named pipe': ({ pipe }) => pipe('data/runs/20250101T000000000-aaaaaa.json'),
  'a published run names a run outside': ({ put }) =>
    put('data/runs/20250101T000000000-aaaaaa.json', JSON.stringify(logEntryOf('../../../../Documents/x'))),
  'the lock is a link': ({ link: to, documents }) => to('data/generate.lock', path.join(documents, 'note.txt')),
  'the lock is a dangling link': ({ link: to, documents }) => to('data/generate.lock', path.join(documents, 'new')),
  'the lock is a named pipe': ({ pipe }) => pipe('data/generate.lock'),
  'the lock is a folder': ({ put }) => put('data/generate.lock/x'),
  'the lock is huge': ({ put }) => put('data/generate.lock', ' '.repeat(20_000_000)),
  'the takeover of a torn lock is a link': async ({ put, link: to, documents }) => {
    await put('data/generate.lock', '{');
    await to('data/generate.lock.takeover', path.join(documents, 'note.txt'));
  },
  'the database is a link': ({ link: to, documents }) => to('micro_warehouse.duckdb', path.join(documents, 'note.txt')),
  'the database is a dangling link': ({ link: to, documents }) =>
    to('micro_warehouse.duckdb', path.join(documents, 'new.duckdb')),
  'the write-ahead log is a dangling link': ({ link: to, documents }) =>
    to('micro_warehouse.duckdb.wal', path.join(documents, 'new.wal')),
  'the temporary folder is a link': ({ link: to, documents }) => to('micro_warehouse.duckdb.tmp', documents),
  'a temporary file is a dangling link': ({ link: to, documents }) =>
    to('micro_warehouse.duckdb.tmp/duckdb_temp_storage_DEFAULT-0.tmp', path.join(documents, 'new.tmp')),
  'the database is a named pipe': ({ pipe }) => pipe('micro_warehouse.duckdb'),
  'the database is a hard link': async ({ workspace, documents }) =>
    link(path.join(documents, 'note.txt'), workspace.database),
  'exports to come are dangling links': async ({ link: to, documents }) => {
    for (const name of [
      'gold_daily_revenue.parquet',
      '.gold_daily_revenue.parquet.1.new',
      'tmp_gold_daily_revenue.parquet',
    ])
      await to(`exports/${name}`, path.join(documents, `new-${name}`));
  },
  'an export aside is a link': ({ link: to, documents }) =>
    to('exports/.gold_x.parquet.1.new', path.join(documents, 'note.txt')),
  'a model is a named pipe': ({ pipe }) => pipe('models/gold_mine.sql'),
  'a model is a link to outside': ({ link: to, documents }) =>
    to('models/gold_mine.sql', path.join(documents, 'note.txt')),
  'a query is a named pipe': ({ pipe }) => pipe('queries/mine.sql'),
  'a query is a link to outside': ({ link: to, documents }) => to('queries/mine.sql', path.join(documents, 'note.txt')),
  'a note of the trash is a named pipe': ({ pipe }) => pipe(`data/.trash/${runId}/deletion.json`),
  'a deletion is a link': ({ link: to, documents }) => to(`data/.trash/${otherRun}`, documents),
  'deleted events are a link': async ({ put, link: to, documents }) => {
    await put(`data/.trash/${runId}/deletion.json`, note(runId));
    await to(`data/.trash/${runId}/events`, documents);
  },
  ...Object.fromEntries(
    ['../../../../Documents', '..', '../..', '', '.', '/', '../../../Documents/empty'].map((id): [string, Trap] => [
      `a note of the trash has the id ${JSON.stringify(id)}`,
      ({ put }) => put(`data/.trash/${runId}/deletion.json`, note(id)),
    ]),
  ),
};

/** Everything that the app does with a workspace. Each either works or is refused with a message. */
const jobs: Record<string, (hostile: HostileWorkspace) => Promise<unknown>> = {
  'opening it': ({ workspace }) => recoverWhenOpened(workspace, () => undefined),
  'reading its log': ({ workspace }) => readRunLog(workspace),
  'undoing its deletions': async ({ workspace }) => {
    const told = (await listDeletions(workspace)).map(({ id }) => id);
    for (const id of [...told, '../../../../Documents', '..', '', runId]) {
      await restoreDeletion(workspace, id).catch((error: unknown) => {
        if (!(error instanceof AppError)) throw error;
      });
    }
  },
  'generating, appended': ({ workspace }) => generate(workspace),
  'generating, replacing all': ({ workspace }) => generate(workspace, { mode: 'replace' }),
  'making a day again': ({ workspace }) =>
    repeatDay({
      workspace,
      date: '2024-01-20',
      program: 'a test',
      sqlFolder,
      spawnWorker: () => inProcessWorker(),
      signal: new AbortController().signal,
    }),
  'deleting a day': ({ workspace }) => deleteDays(workspace, ['2024-01-20', '2025-01-01']),
  'making deletions final': ({ workspace }) => emptyTrash(workspace),
  'saving a query': ({ workspace }) => new QueryFiles(workspace).save('mine.sql', 'SELECT 2', { replaces: 'SELECT 1' }),
  'reading queries': async ({ workspace }) => {
    const files = new QueryFiles(workspace);
    for (const { name } of await files.list()) await files.read(name);
  },
  'removing a query': ({ workspace }) => new QueryFiles(workspace).remove('mine.sql'),
};

async function expectHeld(hostile: HostileWorkspace, work: (typeof jobs)[string], name: string): Promise<void> {
  const began = performance.now();
  await work(hostile).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    expect([error.code, error.message], name).not.toContain('INTERNAL');
  });
  expect(performance.now() - began, name).toBeLessThan(30_000);
}

describe('the neighbours of a workspace are as they were', () => {
  test.each(Object.entries(traps))('where %s', async (_name, trap) => {
    const hostile = await hostileWorkspace();
    await trap(hostile);
    const before = await hostile.neighbours();
    for (const [name, work] of Object.entries(jobs)) {
      await expectHeld(hostile, work, name);
      expect(await hostile.neighbours(), name).toEqual(before);
    }
  });

  const ofDatabase = Object.entries(traps).filter(([name]) =>
    /database|write-ahead|temporary|export|model|events are|data is/.test(name),
  );
  test.each(ofDatabase)('by a refresh and a query where %s', async (_name, trap) => {
    const hostile = await hostileWorkspace();
    await trap(hostile);
    const before = await hostile.neighbours();
    await generate(hostile.workspace).catch(() => undefined);
    const warehouse = await Warehouse.open(hostile.workspace, modelsFolder);
    try {
      await expectHeld(hostile, () => warehouse.refresh(), 'refresh');
      await expectHeld(hostile, () => warehouse.refresh({ mode: 'full' }), 'full refresh');
      await expectHeld(hostile, () => warehouse.console.run('tab', 'SELECT 1'), 'query');
      await expectHeld(hostile, () => warehouse.summary(), 'summary');
    } finally {
      await warehouse.close();
    }
    expect(await hostile.neighbours()).toEqual(before);
  });
});

describe('folders that are no runs of ours', () => {
  test('is left alone in staging and in the trash', async () => {
    const { workspace, put } = await hostileWorkspace();
    const strangers = ['data/.staging/notes.txt', 'data/.staging/mine/a', 'data/.trash/mine/b', 'data/.trash/c'];
    for (const file of strangers) await put(file, 'theirs');
    await recoverWhenOpened(workspace, () => undefined);
    await emptyTrash(workspace);
    for (const file of strangers) expect(await readFile(path.join(workspace.folder, file), 'utf8')).toBe('theirs');
  });

  test('is not moved with a staged run', async () => {
    const { workspace, put } = await hostileWorkspace();
    await put(`${staging}/events/${day}/events-${runId}-0-0.parquet`, 'new');
    await put(`${staging}/events/${day}/.bashrc`, 'theirs');
    await put(`${staging}/events/notes/events-x.parquet`, 'theirs');
    await put(`${staging}/journal.json`, journal());
    await recoverWhenOpened(workspace, () => undefined);
    expect(await readdir(workspace.eventsFolder)).toEqual([day]);
    expect(await readdir(path.join(workspace.eventsFolder, day))).toEqual([`events-${runId}-0-0.parquet`]);
  });
});

describe('opening', () => {
  test('waits once for all generators that are said to live', async () => {
    const { workspace, put } = await hostileWorkspace();
    const { identityOf } = await import('../fs/process-identity');
    const parent = JSON.stringify(await identityOf(process.ppid));
    const noStart = JSON.stringify({ ...(await identityOf(process.ppid)), start: null });
    for (let number = 0; number < 6; number += 1) {
      await put(`data/.staging/20250101T00000000${number}-aaaaaa/generators/1.json`, number % 2 ? parent : noStart);
    }
    const began = performance.now();
    await recoverWhenOpened(workspace, () => undefined);
    expect(performance.now() - began).toBeLessThan(12_000);
    await expect(readdir(workspace.stagingFolder)).rejects.toThrow('ENOENT');
  });

  test('names what it set aside, and where', async () => {
    const { workspace, pipe } = await hostileWorkspace();
    await pipe('data/runs.jsonl');
    await pipe('data/generate.lock');
    const told: string[] = [];
    await recoverWhenOpened(workspace, ({ message }) => told.push(message));
    const names = await readdir(path.join(workspace.folder, 'data'));
    expect(names.filter((name) => name.includes('.damaged-'))).toHaveLength(2);
    for (const name of names) expect(told.join('\n')).toContain(name);
  });

  test('of a log of 100 MB takes moments, keeps its newest runs and says so', async () => {
    const { workspace, put } = await hostileWorkspace();
    const line = `${JSON.stringify(logEntryOf(otherRun))}\n`;
    await put('data/runs.jsonl', line.repeat(Math.ceil(100_000_000 / line.length)));
    await writeFile(workspace.runLog, `${JSON.stringify(logEntryOf(runId))}\n`, { flag: 'a' });
    const told: string[] = [];
    const began = performance.now();
    await recoverWhenOpened(workspace, ({ message }) => told.push(message));
    expect((await readRunLog(workspace))[0]?.runId).toBe(runId);
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(told).toEqual([expect.stringContaining('data/runs.jsonl is 100 MB')]);
  });

  test('of 100,000 strangers in staging takes moments', async () => {
    const { workspace } = await hostileWorkspace();
    await mkdir(workspace.stagingFolder, { recursive: true });
    for (let from = 0; from < 100_000; from += 500) {
      await Promise.all(
        Array.from({ length: 500 }, (_, n) => writeFile(path.join(workspace.stagingFolder, `x${from + n}`), '')),
      );
    }
    const began = performance.now();
    await recoverWhenOpened(workspace, () => undefined);
    expect(performance.now() - began).toBeLessThan(15_000);
  }, 120_000);
});
