import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GenerationProgress } from '../../../contract/generation';
import { temporaryWorkspace } from '../../testing/temporary-workspace';
import { planChunks } from '../plan/plan';
import { readRunLog } from '../../commit/run-log';
import { openWorkspace } from '../../workspace';
import { checksums, filesBelow, generate, inProcessWorker, requestOf } from '../../testing/generation';

const code = (expected: string) => expect.objectContaining({ code: expected });

describe('a run', () => {
  it('gives the same bytes from the same recipe, whatever the number of workers', async () => {
    const recipe = { rows: 30_000, start: '2023-01-01', end: '2023-06-30' };
    const sums = [];
    for (const workers of [1, 2, 3, 8]) {
      const workspace = await temporaryWorkspace();
      await generate(workspace, { ...recipe, workers });
      sums.push(await checksums(workspace));
    }
    expect(Object.keys(sums[0] ?? {})).toHaveLength(181);
    for (const other of sums) expect(other).toEqual(sums[0]);
  });

  it('gives other rows from another seed', async () => {
    const [a, b] = [await temporaryWorkspace(), await temporaryWorkspace()];
    await generate(a, { seed: 1 });
    await generate(b, { seed: 2 });
    const [sumsOfA, sumsOfB] = [await checksums(a), await checksums(b)];
    for (const [day, sum] of Object.entries(sumsOfA)) expect(sumsOfB[day]).not.toBe(sum);
  });

  it('is refused before anything is written where DuckDB could keep no database', async () => {
    const { folder } = await temporaryWorkspace();
    const workspace = await openWorkspace(path.join(folder, 'q?x'));
    await expect(generate(workspace)).rejects.toThrow('question mark');
    expect(await readdir(workspace.folder)).toEqual([]);
  });

  it('logs what it wrote and leaves nothing but files and log', async () => {
    const workspace = await temporaryWorkspace();
    const entry = await generate(workspace);
    expect(entry).toMatchObject({ status: 'succeeded', rows: 5_000, files: 50 });
    expect(await readRunLog(workspace)).toEqual([entry]);
    expect(entry.steps?.map(({ phase }) => phase)).toEqual(['starting', 'writing', 'committing']);
    expect(await readdir(path.join(workspace.folder, 'data'))).toEqual(['events', 'runs.jsonl']);
    const files = await filesBelow(workspace.eventsFolder);
    const sizes = await Promise.all(files.map((file) => readFile(path.join(workspace.eventsFolder, file))));
    expect(sizes.reduce((sum, { length }) => sum + length, 0)).toBe(entry.bytes);
    for (const file of files) expect(file).toMatch(/^date=2024-\d\d-\d\d\/events-[\w-]+\.parquet$/);
  });

  it('works for one row, for one day, and for more workers than chunks', async () => {
    const workspace = await temporaryWorkspace();
    expect(await generate(workspace, { rows: 1 })).toMatchObject({ rows: 1, files: 1 });
    const day = { rows: 25_000, start: '2030-01-01', end: '2030-01-01', workers: 8 };
    expect(await generate(workspace, day)).toMatchObject({ rows: 25_000, files: 1 });
  });

  it('appends a file a day, or replaces all files, empty days included', async () => {
    const workspace = await temporaryWorkspace();
    await generate(workspace, { seed: 1 });
    await generate(workspace, { seed: 2 });
    expect(await filesBelow(workspace.eventsFolder)).toHaveLength(100);
    await generate(workspace, { mode: 'replace', start: '2024-02-01', end: '2024-03-01', rows: 1_000 });
    expect(await filesBelow(workspace.eventsFolder)).toHaveLength(30);
    expect(await readdir(workspace.eventsFolder)).toHaveLength(30);
  });

  it('leaves files alone that are not its own', async () => {
    const workspace = await temporaryWorkspace();
    await generate(workspace);
    await writeFile(path.join(workspace.eventsFolder, 'date=2024-01-01', 'notes.txt'), 'mine');
    await generate(workspace, { mode: 'replace', start: '2025-01-01', end: '2025-01-02', rows: 10 });
    expect(await filesBelow(workspace.eventsFolder)).toContain('date=2024-01-01/notes.txt');
    expect(await filesBelow(workspace.eventsFolder)).toHaveLength(3);
  });

  it('reports its progress up to the last row', async () => {
    const workspace = await temporaryWorkspace();
    const seen: GenerationProgress[] = [];
    await generate(workspace, { workers: 2 }, { onProgress: (progress) => seen.push(progress) });
    expect(seen[0]).toMatchObject({ phase: 'starting', rows: 0, rowsTotal: 5_000, remainingMs: null });
    expect(seen.at(-1)).toMatchObject({ phase: 'committing', rows: 5_000, remainingMs: 0 });
    expect(seen.at(-1)?.workers.map(({ days }) => days)).toEqual([null, null]);
  });

  it('starts no more workers than there are chunks', async () => {
    const workspace = await temporaryWorkspace();
    let started = 0;
    const spawnWorker = () => {
      started += 1;
      return inProcessWorker();
    };
    await generate(workspace, { workers: 40 }, { spawnWorker });
    expect(started).toBe(planChunks(requestOf().recipe).length);
  });
});

describe('a run that fails', () => {
  it('leaves nothing when it is cancelled, at the start or in the middle, and is logged as cancelled', async () => {
    for (const afterRequests of [0, 1, 2]) {
      const workspace = await temporaryWorkspace();
      await generate(workspace, { seed: 7 });
      const before = await checksums(workspace);
      const controller = new AbortController();
      let requests = 0;
      const cancelLater = () => {
        if (requests === afterRequests) controller.abort();
        requests += 1;
      };
      if (afterRequests === 0) controller.abort();
      const run = generate(
        workspace,
        { mode: 'replace' },
        { signal: controller.signal, spawnWorker: () => inProcessWorker(cancelLater) },
      );
      await expect(run).rejects.toEqual(code('CANCELLED'));
      expect(await checksums(workspace)).toEqual(before);
      expect(await readdir(path.join(workspace.folder, 'data'))).toEqual(['events', 'runs.jsonl']);
      expect((await readRunLog(workspace))[0]).toMatchObject({ status: 'cancelled', rows: 0, files: 0, bytes: 0 });
    }
  });

  it('stops all workers when one crashes, and says what it said', async () => {
    const workspace = await temporaryWorkspace();
    let started = 0;
    const spawnWorker = () => {
      const crashes = (started += 1) === 2;
      return inProcessWorker((type, crash) => {
        if (crashes && type === 'write') crash();
      });
    };
    const run = generate(workspace, { workers: 2 }, { spawnWorker });
    await expect(run).rejects.toMatchObject({ code: 'WORKER_CRASHED', details: { cause: 'terminate called' } });
    await expect(run).rejects.toThrow('A generator process stopped unexpectedly (exit code 134).');
    expect(await readdir(path.join(workspace.folder, 'data'))).toEqual(['runs.jsonl']);
    expect((await readRunLog(workspace))[0]).toMatchObject({ status: 'failed', error: { code: 'WORKER_CRASHED' } });
  });

  it('names a file that is in the way of a folder, and keeps the old files', async () => {
    const workspace = await temporaryWorkspace();
    await generate(workspace, { start: '2024-02-01', end: '2024-02-03', rows: 30 });
    await writeFile(path.join(workspace.eventsFolder, 'date=2024-01-20'), 'in the way');
    const before = await checksums(workspace);
    await expect(generate(workspace, { mode: 'replace' })).rejects.toEqual(code('WORKSPACE_INVALID'));
    expect(await checksums(workspace)).toEqual(before);
    expect(await readdir(path.join(workspace.folder, 'data'))).toEqual(['events', 'runs.jsonl']);
  });

  it('says so when the data folder is a file', async () => {
    const workspace = await temporaryWorkspace();
    await writeFile(path.join(workspace.folder, 'data'), '');
    await expect(generate(workspace)).rejects.toEqual(code('WORKSPACE_INVALID'));
  });

  it('tells a second run at once who holds the workspace, and does not disturb the first', async () => {
    const workspace = await temporaryWorkspace();
    await mkdir(workspace.folder, { recursive: true });
    const first = generate(workspace, {}, { program: 'the window' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(generate(workspace, { seed: 2 })).rejects.toThrow(
      `Another run is writing to this workspace: the window (process ${process.pid}).`,
    );
    // Its generator processes are loading meanwhile.
    let started = 0;
    let running = 0;
    const spawnWorker = () => {
      const worker = inProcessWorker();
      started += 1;
      running += 1;
      worker.onExit(() => (running -= 1));
      return worker;
    };
    await expect(generate(workspace, { seed: 2 }, { spawnWorker })).rejects.toEqual(code('WORKSPACE_BUSY'));
    expect([started, running]).toEqual([1, 0]);
    await expect(first).resolves.toMatchObject({ status: 'succeeded' });
    await expect(generate(workspace, { seed: 2 })).resolves.toMatchObject({ status: 'succeeded' });
  });
});
