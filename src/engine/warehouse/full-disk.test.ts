import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { describe, expect, onTestFinished, test, type TestContext } from 'vitest';
import { newExportId, stagedExport } from '../results/export-file';
import { QueryFiles } from '../console/query-files';
import { repeatDay } from '../generation/run/repeat-day';
import { appendRun, readRunLog } from '../commit/run-log';
import { filesBelow, generate, inProcessWorker, logEntryOf, sqlFolder } from '../testing/generation';
import { noMount, smallDisk } from '../testing/small-disk';
import { modelsFolder, temporaryWorkspace } from '../testing/temporary-workspace';
import { Warehouse } from './warehouse';
import { workspaceAt, type Workspace } from '../workspace';

/** A workspace with two runs and a refresh, on a small disk that can be filled. */
interface Scene {
  readonly workspace: Workspace;
  readonly warehouse: Warehouse;
  /** Fills the disk up to the given free bytes. */
  readonly fill: (free: number) => Promise<void>;
  readonly freeSpace: () => Promise<void>;
}

const day = '2025-01-03';

async function openScene({ skip }: TestContext): Promise<Scene> {
  const { folder: disk } = await temporaryWorkspace();
  if (!(await smallDisk(disk, 'size=48m'))) skip(noMount);
  const workspace = workspaceAt(path.join(disk, 'workspace'));
  await mkdir(workspace.folder);
  const run = { rows: 3_000, start: '2025-01-01', end: '2025-01-06' };
  for (const seed of [1, 2]) await generate(workspace, { ...run, seed }, { confirmed: true });
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  await warehouse.refresh();
  const filler = path.join(disk, 'filler');
  const freeSpace = () => rm(filler, { force: true });
  const fill = async (free: number) => {
    const { bavail, bsize } = await statfs(disk);
    await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize - free)));
  };
  return { workspace, warehouse, fill, freeSpace };
}

async function valuesOf(warehouse: Warehouse, sql: string): Promise<string[]> {
  const { result } = await warehouse.console.run('test', `SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (${sql})`);
  const id = result?.resultId ?? '';
  const rows = tableFromIPC(await warehouse.console.window(id, 0, 1_000)).toArray();
  await warehouse.console.close(id);
  return rows.flatMap((row) => Object.values(row.toJSON()).map(String));
}

/** Everything that a user can see of a workspace: files with their content, and the contents of the database. */
async function visible({ workspace, warehouse }: Scene) {
  const names = (await filesBelow(workspace.folder)).filter((name) => !name.startsWith('micro_warehouse.duckdb'));
  const content = async (name: string) =>
    createHash('sha256')
      .update(await readFile(path.join(workspace.folder, name)))
      .digest('hex');
  return {
    files: await Promise.all(names.map(async (name) => `${name} ${await content(name)}`)),
    deletions: await warehouse.days.deletions(),
    database: await valuesOf(
      warehouse,
      `SELECT (SELECT count(*) FROM refresh_log WHERE status = 'succeeded'), (SELECT sum(hash(g)) FROM gold_daily_active_users g),
         (SELECT string_agg(name || rows, ' ' ORDER BY name) FROM refresh_models)`,
    ),
  };
}

interface Job {
  readonly before?: (scene: Scene) => Promise<unknown>;
  readonly run: (scene: Scene) => Promise<unknown>;
}

const more = { rows: 3_000, start: '2025-01-07', end: '2025-01-09', seed: 3 };
const confirmed = { confirmed: true };
const remove = ({ warehouse }: Scene) => warehouse.days.change((days) => days.remove([day]));

async function exportResult({ workspace, warehouse }: Scene, format: 'csv' | 'parquet' | 'json'): Promise<void> {
  const { result } = await warehouse.console.run('export', 'SELECT i, hash(i) AS h FROM range(50000) t(i)');
  const id = await newExportId();
  try {
    await warehouse.console.results.export(result?.resultId ?? '', format, id);
  } finally {
    await warehouse.console.closeSession('export');
  }
  // Main would have moved it to the user's path.
  await rm(stagedExport(workspace, id));
}

const jobs: Record<string, Job> = {
  'a full refresh, with its exports': { run: ({ warehouse }) => warehouse.refresh({ mode: 'full' }) },
  'an incremental refresh': {
    before: ({ workspace }) => generate(workspace, { ...more, start: day, end: day }, confirmed),
    run: ({ warehouse }) => warehouse.refresh(),
  },
  'compacting a day': { run: ({ warehouse }) => warehouse.days.change((days) => days.compact(day)) },
  'deleting a day': { run: remove },
  'undoing a deletion': {
    before: remove,
    run: async ({ warehouse }) => {
      const [deletion] = await warehouse.days.deletions();
      await warehouse.days.change((days) => days.restore(deletion?.id ?? ''));
    },
  },
  'regenerating a day': {
    run: ({ workspace }) =>
      repeatDay({
        workspace,
        date: day,
        sqlFolder,
        program: 'test',
        spawnWorker: () => inProcessWorker(),
        signal: new AbortController().signal,
      }),
  },
  'a run that appends': { run: ({ workspace }) => generate(workspace, more, confirmed) },
  'a run that replaces': { run: ({ workspace }) => generate(workspace, { ...more, mode: 'replace' }, confirmed) },
  'saving a query': {
    run: ({ workspace }) => new QueryFiles(workspace).save('a.sql', 'SELECT 1'.padEnd(9_000), { replaces: null }),
  },
  'saving a metric': {
    run: ({ warehouse }) =>
      warehouse.ownMetrics.save({
        name: 'events',
        sql: `SELECT count(*) AS n${' '.repeat(9_000)}FROM silver_events`,
        grain: '',
        summary: '',
      }),
  },
  'an export as CSV': { run: (scene) => exportResult(scene, 'csv') },
  'an export as Parquet': { run: (scene) => exportResult(scene, 'parquet') },
  'an export as JSON': { run: (scene) => exportResult(scene, 'json') },
};

/** Free bytes: depending on them, a job runs out of space at different steps. */
const freeBytes = [0, 4_096, 16_384, 65_536];

describe('on a full disk', () => {
  test.for(Object.entries(jobs))(
    '%s says so, changes nothing, and succeeds once there is space',
    { timeout: 60_000 },
    async ([, job], context) => {
      const scene = await openScene(context);
      await job.before?.(scene);
      let failures = 0;
      for (const free of freeBytes) {
        const before = await visible(scene);
        await scene.fill(free);
        const failure = await job.run(scene).then(
          () => null,
          (error: unknown) => error,
        );
        await scene.freeSpace();
        // A job that has succeeded can't be repeated.
        if (failure === null) return expect(failures).toBeGreaterThan(0);
        expect(failure, `${free} bytes free`).toMatchObject({
          code: 'DISK_FULL',
          details: { action: expect.stringMatching(/^Free up space/) },
        });
        expect(await visible(scene), `${free} bytes free`).toEqual(before);
        failures += 1;
      }
      await job.run(scene);
    },
  );

  test('the run log keeps whole lines only', async (context) => {
    const { workspace, fill, freeSpace } = await openScene(context);
    await fill(8_192);
    const ids = Array.from({ length: 200 }, (_, index) => `20250101T000000000-a${String(index).padStart(5, '0')}`);
    const add = async () => {
      for (const id of ids) await appendRun(workspace, logEntryOf(id));
    };
    await expect(add()).rejects.toMatchObject({ code: 'ENOSPC' });
    const text = await readFile(workspace.runLog, 'utf8');
    expect(text.at(-1)).toBe('\n');
    await freeSpace();
    await add();
    expect(await readRunLog(workspace)).toHaveLength(202);
  });

  test('the database file can be let go and taken again, with all that was committed', async (context) => {
    const { warehouse, fill, freeSpace } = await openScene(context);
    const rows = await valuesOf(warehouse, 'SELECT count(*) FROM silver_events');
    await fill(0);
    await warehouse.releaseFile();
    expect(warehouse.databaseFile.value).toMatchObject({ status: 'released' });
    await freeSpace();
    expect(await valuesOf(warehouse, 'SELECT count(*) FROM silver_events')).toEqual(rows);
  });

  test('a checkpoint that fails costs one statement, and not the database', async (context) => {
    const { warehouse, fill, freeSpace } = await openScene(context);
    const change = (sql: string) => warehouse.console.run('changes', sql, { allowChanges: true });
    await change('CREATE TABLE mine (i BIGINT, h UBIGINT)');
    // Space for the write-ahead log up to the size at which DuckDB writes a checkpoint, but not for the checkpoint.
    await fill(17_200_000);
    let inserts = 0;
    const insert = async () => {
      for (; inserts < 60; inserts += 1) await change('INSERT INTO mine SELECT i, hash(i) FROM range(50000) t(i)');
    };
    await expect(insert()).rejects.toMatchObject({ code: 'DISK_FULL' });
    await freeSpace();
    await expect
      .poll(() => valuesOf(warehouse, 'SELECT count(*) FROM mine').catch(String))
      .toEqual([String(inserts * 50_000)]);
    await warehouse.refresh({ mode: 'full' });
  });
});
