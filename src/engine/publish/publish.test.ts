import { chmod, link, mkdir, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../contract/app-error';
import type { RunLogEntry } from '../../contract/generation';
import { readRunLog } from '../commit/run-log';
import { advanceRequest } from '../generation/plan/advance';
import { shardInventory } from '../generation/plan/shards';
import { asNobody } from '../testing/as-nobody';
import { checksums, filesBelow, generate, generateRequest, type TestRun } from '../testing/generation';
import { noMount, smallDisk } from '../testing/small-disk';
import { temporaryWorkspace } from '../testing/temporary-workspace';
import type { Workspace } from '../workspace';
import { openLocation } from './open-location';
import { publishRuns, readLocation, type PublishOptions } from './publish';

const small: TestRun = { rows: 3_000, start: '2024-01-01', end: '2024-03-31' };

async function publish(from: Workspace, to: string, options: Partial<PublishOptions> = {}) {
  const location = await openLocation(to, from);
  const signal = new AbortController().signal;
  return publishRuns({ workspace: from, location, signal, ...options }).finally(() => location.close());
}

async function failure(work: Promise<unknown>): Promise<AppError> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error;
  throw new Error('It did not fail with words.', { cause: error });
}

describe('shards of one recipe, published from two workspaces', () => {
  it('are the whole there: files, log, and the days that come next', async () => {
    const [one, two, shared, alone] = await Promise.all(Array.from({ length: 4 }, temporaryWorkspace));
    if (!one || !two || !shared || !alone) throw new Error('unreachable');
    const second = await generate(two, { ...small, shard: { part: 2, of: 2 } });
    await publish(two, shared.folder);
    const { recipe } = second.request;
    expect(shardInventory(await readRunLog(shared), recipe)).toMatchObject({ arrived: [2], missing: [1], complete: false });
    expect(await failure(advanceRequest(shared, 1))).toMatchObject({
      code: 'SHARDS_MISSING',
      message: 'Shard 1 of 2 of the last recipe is missing.',
      details: { action: expect.stringMatching(/--recipe "mw1 realistic rows=3000 .*" --shard 1\/2/) },
    });
    await generate(one, { ...small, shard: { part: 1, of: 2 } });
    await publish(one, shared.folder);
    await generate(alone, small);
    expect(await checksums(shared)).toEqual(await checksums(alone));
    expect(await readdir(path.join(shared.folder, 'data'))).toEqual(['events', 'runs']);
    expect(shardInventory(await readRunLog(shared), recipe)).toMatchObject({ arrived: [1, 2], missing: [], complete: true });

    await generateRequest(shared, await advanceRequest(shared, 3));
    await generateRequest(alone, await advanceRequest(alone, 3));
    expect(await checksums(shared)).toEqual(await checksums(alone));
    // The next one continues what was appended here.
    expect((await advanceRequest(shared, 1)).recipe).toEqual((await advanceRequest(alone, 1)).recipe);
  }); // prettier-ignore

  it('can be continued from the workspace of one machine', async () => {
    const [one, two, shared, alone] = await Promise.all(Array.from({ length: 4 }, temporaryWorkspace));
    if (!one || !two || !shared || !alone) throw new Error('unreachable');
    await generate(one, { ...small, shard: { part: 1, of: 2 } });
    await generate(two, { ...small, shard: { part: 2, of: 2 } });
    await publish(two, shared.folder);
    await generate(alone, small);
    expect(await failure(advanceRequest(one, 2))).toMatchObject({ code: 'SHARDS_MISSING' });
    const there = await readLocation(await openLocation(shared.folder, null));
    expect((await advanceRequest(one, 2, there)).recipe).toEqual((await advanceRequest(alone, 2)).recipe);
    await generateRequest(one, await advanceRequest(one, 2, there));
    await publish(one, shared.folder);
    await generateRequest(alone, await advanceRequest(alone, 2));
    expect(await checksums(shared)).toEqual(await checksums(alone));
  });
});

describe('publishing to a folder', () => {
  it('copies all runs that are not there, and none twice', async () => {
    const [workspace, shared] = [await temporaryWorkspace(), await temporaryWorkspace()];
    const first = await generate(workspace, { ...small, seed: 1 });
    expect(await publish(workspace, shared.folder)).toEqual({
      runs: [{ runId: first.runId, outcome: 'published', files: 91, bytes: first.bytes, copied: 91 }],
      skipped: [],
    });
    const second = await generate(workspace, { ...small, seed: 2, end: '2024-01-05' });
    const before = await filesBelow(shared.folder);
    expect((await publish(workspace, shared.folder)).runs).toMatchObject([
      { runId: first.runId, outcome: 'present', copied: 0 },
      { runId: second.runId, outcome: 'published', copied: 5 },
    ]);
    expect((await filesBelow(shared.folder)).length).toBe(before.length + 6);
    expect((await publish(workspace, shared.folder, { runId: second.runId })).runs).toHaveLength(1);
    expect(await readRunLog(shared)).toEqual([second, first]);
  });

  it('continues after it was cancelled, and the run appears last', async () => {
    const [workspace, shared] = [await temporaryWorkspace(), await temporaryWorkspace()];
    const run = await generate(workspace, small);
    const controller = new AbortController();
    const cancelledAt = publish(workspace, shared.folder, {
      signal: controller.signal,
      onProgress: ({ files }) => files === 20 && controller.abort(),
    });
    expect(await failure(cancelledAt)).toMatchObject({ code: 'CANCELLED' });
    const copied = (await filesBelow(shared.eventsFolder)).length;
    expect(copied).toBeGreaterThanOrEqual(20);
    expect(copied).toBeLessThan(91);
    expect(await filesBelow(shared.folder)).toHaveLength(copied);
    expect(await readRunLog(shared)).toEqual([]);
    const [published] = (await publish(workspace, shared.folder)).runs;
    expect(published).toMatchObject({ outcome: 'published', files: 91, bytes: run.bytes, copied: 91 - copied });
    expect(await checksums(shared)).toEqual(await checksums(workspace));
  });

  it('removes its own unfinished files and nothing else', async () => {
    const [workspace, shared] = [await temporaryWorkspace(), await temporaryWorkspace()];
    const run = await generate(workspace, { ...small, end: '2024-01-02' });
    const day = path.join(shared.eventsFolder, 'date=2024-01-01');
    await mkdir(day, { recursive: true });
    const host = (await import('../fs/owned-name')).ownedName('.unfinished');
    const dead = (await host).replace(/^\.unfinished\.\d+/, '.unfinished.999999999');
    for (const name of [dead, await host, 'note.txt', '.unfinished.txt', 'events-other.parquet']) {
      await writeFile(path.join(day, name), name);
    }
    await publish(workspace, shared.folder);
    const left = await readdir(day);
    expect(left).not.toContain(dead);
    expect(left).toEqual(expect.arrayContaining([await host, 'note.txt', '.unfinished.txt', 'events-other.parquet']));
    expect(left).toContain(path.basename((await filesBelow(workspace.eventsFolder))[0] ?? ''));
    expect(await readRunLog(shared)).toEqual([run]);
  });

  it('refuses a file, and a run, that is there with other content', async () => {
    const [workspace, shared] = [await temporaryWorkspace(), await temporaryWorkspace()];
    const run = await generate(workspace, { ...small, end: '2024-01-03' });
    const [name = ''] = await filesBelow(workspace.eventsFolder);
    const bytes = await readFile(path.join(workspace.eventsFolder, name));
    const file = path.join(shared.eventsFolder, name);
    await mkdir(path.dirname(file), { recursive: true });
    // The same size, one byte changed.
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    for (const content of [bytes, bytes.subarray(1), Buffer.alloc(0)]) {
      await writeFile(file, content);
      expect(await failure(publish(workspace, shared.folder))).toMatchObject({
        code: 'LOCATION_CONFLICT',
        message: `${shared.folder} already has another file named data/events/${name}.`,
      });
      expect(await readFile(file)).toEqual(content);
    }
    await rm(file);
    await publish(workspace, shared.folder);
    const log = path.join(shared.runsFolder, `${run.runId}.json`);
    const other: RunLogEntry = { ...run, request: { ...run.request, recipe: { ...run.request.recipe, seed: 7 } } };
    for (const text of [JSON.stringify(other), 'torn']) {
      await writeFile(log, text);
      expect(await failure(publish(workspace, shared.folder))).toMatchObject({ code: 'LOCATION_CONFLICT' });
      expect(await readFile(log, 'utf8')).toBe(text);
    }
  });

  it('publishes a replacing run as one that adds: nothing there is replaced', async () => {
    const [workspace, shared] = [await temporaryWorkspace(), await temporaryWorkspace()];
    await generate(workspace, { ...small, seed: 1 });
    await publish(workspace, shared.folder);
    await generate(workspace, { ...small, seed: 2, mode: 'replace' });
    expect((await publish(workspace, shared.folder)).runs).toHaveLength(1);
    expect((await readRunLog(shared)).map(({ request }) => [request.recipe.seed, request.mode])).toEqual([
      [2, 'append'],
      [1, 'append'],
    ]);
    expect(await filesBelow(shared.eventsFolder)).toHaveLength(182);
  });

  it('leaves out a run whose days were deleted, and says so', async () => {
    const [workspace, shared] = [await temporaryWorkspace(), await temporaryWorkspace()];
    const run = await generate(workspace, { ...small, end: '2024-01-03' });
    await rm(path.join(workspace.eventsFolder, 'date=2024-01-02'), { recursive: true });
    const reason = `Run ${run.runId} has 2 of its 3 files: some of its days were deleted or compacted.`;
    expect(await publish(workspace, shared.folder)).toEqual({ runs: [], skipped: [{ runId: run.runId, reason }] });
    expect(await failure(publish(workspace, shared.folder, { runId: run.runId }))).toMatchObject({ message: reason });
    expect(await filesBelow(shared.folder)).toEqual([]);
  });

  it('takes runs of several machines at the same time', async () => {
    const shared = await temporaryWorkspace();
    const parts = [1, 2, 3, 4];
    const machines = await Promise.all(
      parts.map(async (part) => {
        const workspace = await temporaryWorkspace();
        await generate(workspace, { ...small, shard: { part, of: 4 } });
        return workspace;
      }),
    );
    // Each twice, as by a user who is in doubt.
    await Promise.all([...machines, ...machines].map((workspace) => publish(workspace, shared.folder)));
    const runs = await readRunLog(shared);
    expect(new Set(runs.map(({ request }) => request.shard?.part))).toEqual(new Set(parts));
    expect(runs).toHaveLength(4);
    expect(await filesBelow(shared.eventsFolder)).toHaveLength(91);
  });
});

describe('a location', () => {
  it.each([
    ['relative/folder', 'LOCATION_INVALID'],
    ['', 'LOCATION_INVALID'],
    ['gs://bucket/x', 'LOCATION_INVALID'],
    ['https://example.com/x', 'LOCATION_INVALID'],
    ['s3://', 'LOCATION_INVALID'],
    ['s3://bucket/../other', 'LOCATION_INVALID'],
    ['/nowhere/at/all', 'LOCATION_INVALID'],
    ['/etc/hostname', 'WORKSPACE_INVALID'],
  ])('%j is refused', async (text, code) => {
    expect(await failure(openLocation(text, await temporaryWorkspace()))).toMatchObject({ code });
  });

  it('is the workspace itself, also by a link', async () => {
    const [workspace, elsewhere] = [await temporaryWorkspace(), await temporaryWorkspace()];
    const linked = path.join(elsewhere.folder, 'link');
    await symlink(workspace.folder, linked);
    for (const folder of [workspace.folder, path.join(workspace.folder, 'exports'), linked]) {
      expect(await failure(openLocation(folder, workspace))).toMatchObject({ code: 'LOCATION_INVALID' });
    }
  });

  it.each([
    ['data', 'data'],
    ['data/events', 'data/events'],
    ['data/events/date=2024-01-01', 'data/events/date=2024-01-01'],
    ['data/runs', 'data/runs'],
  ])('has a link at %s: nothing is written through it', async (_, name) => {
    const [workspace, shared, outside] = [await temporaryWorkspace(), await temporaryWorkspace(), await temporaryWorkspace()]; // prettier-ignore
    await generate(workspace, { ...small, end: '2024-01-03' });
    const place = path.join(shared.folder, name);
    await mkdir(path.dirname(place), { recursive: true });
    await symlink(outside.folder, place);
    const error = await failure(publish(workspace, shared.folder));
    expect(error).toMatchObject({ code: 'LINK_NOT_ALLOWED', details: { action: expect.not.stringContaining('--allow-link') } }); // prettier-ignore
    expect(await readdir(outside.folder)).toEqual([]);
  });

  it('has links, folders and hard links in the place of files', async () => {
    const [workspace, shared, outside] = [await temporaryWorkspace(), await temporaryWorkspace(), await temporaryWorkspace()]; // prettier-ignore
    await generate(workspace, { ...small, end: '2024-01-03' });
    const [name = ''] = await filesBelow(workspace.eventsFolder);
    const file = path.join(shared.eventsFolder, name);
    const secret = path.join(outside.folder, 'secret');
    await writeFile(secret, 'secret');
    await mkdir(path.dirname(file), { recursive: true });
    for (const make of [() => symlink(secret, file), () => mkdir(file), () => link(secret, file)]) {
      await make();
      expect(await failure(publish(workspace, shared.folder))).toMatchObject({ code: 'LOCATION_CONFLICT' });
      expect(await readFile(secret, 'utf8')).toBe('secret');
      await rm(file, { recursive: true });
    }
    expect(await readRunLog(shared)).toEqual([]);
  });

  it('is a full disk: the run stays in the workspace, and publishing again continues', async (context) => {
    const [workspace, { folder }] = [await temporaryWorkspace(), await temporaryWorkspace()];
    const run = await generate(workspace, { ...small, rows: 20_000, end: '2024-01-03' });
    const disk = path.join(folder, 'disk');
    if (!(await smallDisk(disk, 'size=256k'))) return context.skip(noMount);
    await writeFile(path.join(disk, 'ballast'), Buffer.alloc(150_000));
    const error = await failure(publish(workspace, path.join(disk, 'shared')));
    expect(error).toMatchObject({ code: 'DISK_FULL', details: { action: expect.stringContaining('continues where it stopped') } }); // prettier-ignore
    expect((await filesBelow(disk)).filter((name) => name.includes('.unfinished'))).toEqual([]);
    expect(await readRunLog(workspace)).toEqual([run]);
  });

  it('may not be written', async () => {
    const [workspace, shared] = [await temporaryWorkspace(), await temporaryWorkspace()];
    await generate(workspace, { ...small, end: '2024-01-03' });
    await chmod(shared.folder, 0o555);
    const error = await asNobody(workspace.folder, () => failure(publish(workspace, shared.folder)));
    expect(error).toMatchObject({
      code: 'WORKSPACE_READ_ONLY',
      message: `Micro Warehouse has no permission to write to ${shared.folder}.`,
      details: { action: 'Give yourself permission to read and write there, then publish again.' },
    });
  });
});

it('a log with a published run of a stranger leaves out what is no run', async () => {
  const workspace = await temporaryWorkspace();
  const run = await generate(workspace, { ...small, end: '2024-01-03' });
  await mkdir(workspace.runsFolder);
  const entry = { ...run, runId: '20200101T000000000-abcdef' };
  await writeFile(path.join(workspace.runsFolder, `${entry.runId}.json`), JSON.stringify(entry));
  for (const [name, text] of [
    ['20200101T000000000-abcdeg.json', JSON.stringify(entry)],
    ['20200101T000000000-abcdeh.json', '{"runId":'],
    ['20200101T000000000-abcdei.json', `"${'x'.repeat(100_000)}"`],
    ['../runs2.json', JSON.stringify(entry)],
    ['notes.txt', 'x'],
  ] as const) {
    await writeFile(path.join(workspace.runsFolder, name), text);
  }
  await symlink('/etc/passwd', path.join(workspace.runsFolder, '20200101T000000000-abcdej.json'));
  expect((await readRunLog(workspace)).map(({ runId }) => runId).toSorted()).toEqual([entry.runId, run.runId]);
  await rm(workspace.runsFolder, { recursive: true });
  await symlink('/etc', workspace.runsFolder);
  expect(await readRunLog(workspace)).toEqual([run]);
});

it('copies a large file as a stream, and nothing of it is left if that is cancelled', async () => {
  const [workspace, shared] = [await temporaryWorkspace(), await temporaryWorkspace()];
  await generate(workspace, { ...small, end: '2024-01-01' });
  const [name = ''] = await filesBelow(workspace.eventsFolder);
  await truncate(path.join(workspace.eventsFolder, name), 30_000_000);
  const controller = new AbortController();
  const work = publish(workspace, shared.folder, { signal: controller.signal, onProgress: () => setImmediate(() => controller.abort()) }); // prettier-ignore
  expect(await failure(work)).toMatchObject({ code: 'CANCELLED' });
  expect(await filesBelow(shared.folder)).toEqual([]);
  await publish(workspace, shared.folder);
  expect(await checksums(shared)).toEqual(await checksums(workspace));
});
