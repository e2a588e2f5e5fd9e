import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { runGeneration } from '../generation/run/run';
import { inProcessWorker, requestOf, sqlFolder, type TestRun } from '../testing/generation';
import { recoverFiles } from '../warehouse/recover-workspace';
import { bundledProgram, killWhileRunning } from '../testing/killed-process';
import { seededRandom } from '../testing/seeded-random';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import { countTried } from '../testing/tried';
import type { Workspace } from '../workspace';
import { quoteText } from '../sql/quote';
import { listDeletions } from '../commit/trash';
import { Warehouse } from '../warehouse/warehouse';

/*
 * Kills a process at random moments of a job that it repeats, and checks the state after the next start: that before
 * the job or after it, and nothing else.
 */

const kills = Number(process.env['KILLS'] ?? 6);

/** The work of a program that opens the workspace. */
async function reopen(workspace: Workspace): Promise<void> {
  await recoverFiles(workspace);
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  await warehouse.close();
}

function treeOf(folder: string): string[] {
  const names = readdirSync(folder, { encoding: 'utf8', recursive: true });
  return names.filter((name) => statSync(path.join(folder, name)).isFile()).toSorted();
}

/** Event files by path, with their content. */
function eventsOf({ eventsFolder }: Workspace): Map<string, string> {
  const digest = (name: string) =>
    createHash('sha256')
      .update(readFileSync(path.join(eventsFolder, name)))
      .digest('hex');
  return new Map(treeOf(eventsFolder).map((name) => [name, digest(name)]));
}

/** Everything beside the events after a start, except DuckDB's own files. */
function othersOf({ folder }: Workspace): string[] {
  return treeOf(folder).filter(
    (name) => !/^data\/events\/|^micro_warehouse\.duckdb(\.wal)?$|^data\/runs\.jsonl$/.test(name),
  );
}

async function generated(recipe: TestRun = {}): Promise<Workspace> {
  const workspace = await temporaryWorkspace();
  const shared = { workspace, sqlFolder, spawnWorker: () => inProcessWorker(), signal: new AbortController().signal };
  for (const seed of [1, 2]) {
    await runGeneration({ ...shared, request: requestOf({ ...recipe, seed }), onProgress: () => undefined });
  }
  return workspace;
}

async function killOver(
  job: string,
  workspace: Workspace,
  look: (where: string) => Promise<void>,
  args: readonly string[] = [],
): Promise<void> {
  const random = seededRandom(`kills of ${job}`);
  const program = await bundledProgram('job-process');
  let held = 0;
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      await killWhileRunning(
        program,
        [workspace.folder, modelsFolder, job, ...args],
        (firstMs) => random.next() * 1.5 * Number(firstMs),
      );
      await reopen(workspace);
      await look(`kill ${kill} of TEST_SEED=${random.seed}`);
      held += 1;
    }
  } finally {
    countTried(`kills of ${job}`, { tried: Math.min(held + 1, kills), held });
  }
}

const timeout = 400_000;

test('COPY to a file', { timeout }, async () => {
  const workspace = await temporaryWorkspace();
  await writeEvents(workspace, [{ at: '2025-01-06 10:00:00' }]);
  await killOver('copyFile', workspace, async (where) => {
    expect(othersOf(workspace), where).toEqual(['exports/out.csv']);
    const lines = readFileSync(path.join(workspace.exportsFolder, 'out.csv'), 'utf8').trimEnd().split('\n');
    expect(lines, where).toHaveLength(30_001);
    expect(new Set(lines.slice(1).map((line) => line.split(',')[0])).size, where).toBe(1);
  });
});

test('COPY to a folder that it replaces', { timeout }, async () => {
  const workspace = await temporaryWorkspace();
  await writeEvents(workspace, [{ at: '2025-01-06 10:00:00' }]);
  await killOver('copyFolder', workspace, async (where) => {
    const parts = Array.from({ length: 8 }, (_, part) => `exports/parts/part=${part}/data_0.csv`);
    expect(othersOf(workspace), where).toEqual(parts);
    const rounds = parts.map((name) => /\n(\d)/.exec(readFileSync(path.join(workspace.folder, name), 'utf8'))?.[1]);
    expect(new Set(rounds).size, where).toBe(1);
  });
});

test('the export of a result', { timeout }, async () => {
  const workspace = await temporaryWorkspace();
  await writeEvents(workspace, [{ at: '2025-01-06 10:00:00' }]);
  await killOver('export', workspace, async (where) => expect(othersOf(workspace), where).toEqual([]));
});

test('deleting days and bringing them back', { timeout }, async () => {
  const workspace = await generated();
  const all = eventsOf(workspace);
  let deleted = 0;
  await killOver('undo', workspace, async (where) => {
    const deletions = await listDeletions(workspace);
    const events = eventsOf(workspace);
    if (deletions.length === 0) expect(events, where).toEqual(all);
    else {
      deleted += 1;
      expect(deletions, where).toHaveLength(1);
      const days = new Set(deletions.flatMap(({ days: of }) => of.map((date) => `date=${date}`)));
      expect([...events.keys()], where).toEqual([...all.keys()].filter((name) => !days.has(path.dirname(name))));
      expect(othersOf(workspace), where).toHaveLength(all.size - events.size + 1);
      const warehouse = await Warehouse.open(workspace, modelsFolder);
      await warehouse.days.change((change) => change.restore(deletions[0]?.id ?? ''));
      await warehouse.close();
      expect(eventsOf(workspace), where).toEqual(all);
    }
    expect(othersOf(workspace), where).toEqual([]);
  });
  process.stdout.write(`  ${deleted} of ${kills} met the days deleted\n`);
});

/** Checksums of each day's rows, whatever files they are in. */
async function rowsByDay({ eventsFolder }: Workspace): Promise<unknown> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const files = quoteText(path.join(eventsFolder, '*', 'events-*.parquet'));
  const sql = `SELECT date, count(*), sum(hash(e)) FROM read_parquet(${files}, hive_partitioning = true) e GROUP BY date ORDER BY date`;
  const rows = (await connection.runAndReadAll(sql)).getRowsJson();
  connection.closeSync();
  instance.closeSync();
  return rows;
}

test('compacting days', { timeout }, async () => {
  // More days than are compacted, since each can be compacted once.
  const workspace = await generated({ start: '2024-01-01', end: '2024-12-31' });
  const all = await rowsByDay(workspace);
  const before = eventsOf(workspace).size;
  await killOver('compact', workspace, async (where) => {
    expect(await rowsByDay(workspace), where).toEqual(all);
    expect(othersOf(workspace), where).toEqual([]);
  });
  process.stdout.write(`  compacted ${before - eventsOf(workspace).size} days\n`);
  expect(eventsOf(workspace).size).toBeLessThan(before);
});

test('regenerating a day', { timeout }, async () => {
  const workspace = await generated();
  const all = eventsOf(workspace);
  const day = 'date=2024-01-20';
  const ofDay = [...all.keys()].filter((name) => path.dirname(name) === day);
  expect(ofDay).toHaveLength(2);
  const outcomes = { old: 0, new: 0 };
  const look = async (where: string) => {
    const now = eventsOf(workspace);
    const isOld = ![...now.keys()].some((name) => path.dirname(name) === day);
    expect(now, where).toEqual(isOld ? new Map([...all].filter(([name]) => !ofDay.includes(name))) : all);
    outcomes[isOld ? 'old' : 'new'] += 1;
    expect(
      othersOf(workspace).filter((name) => !name.startsWith('removed/')),
      where,
    ).toEqual([]);
  };
  await killOver('regenerate', workspace, look, ['2024-01-20']);
  process.stdout.write(`  met the day removed ${outcomes.old} times, and regenerated ${outcomes.new} times\n`);
});
