import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { QueryFiles } from '../console/query-files';
import { repeatDay } from '../generation/run/repeat-day';
import { generate, inProcessWorker, sqlFolder } from '../testing/generation';
import { hostileWorkspace, type HostileWorkspace } from '../testing/hostile-workspace';
import { bundledProgram } from '../testing/killed-process';
import { seededRandom, type SeededRandom } from '../testing/seeded-random';
import { modelsFolder } from '../testing/temporary-workspace';
import { countTried } from '../testing/tried';
import { Warehouse } from '../warehouse/warehouse';
import type { Workspace } from '../workspace';

const day = '2024-01-02';

async function onWarehouse(workspace: Workspace, work: (warehouse: Warehouse) => Promise<unknown>): Promise<void> {
  const warehouse = await Warehouse.open(workspace, modelsFolder, { threads: 1 });
  try {
    await work(warehouse);
  } finally {
    await warehouse.close();
  }
}

const small = { rows: 200, start: '2024-01-02', end: '2024-01-03' };

/** Jobs that write, and the folders that are exchanged for a link meanwhile. */
const jobs: Record<string, { folders: readonly string[]; run: (workspace: Workspace) => Promise<unknown> }> = {
  generate: {
    folders: ['data', 'data/events', `data/events/date=${day}`, 'data/.staging'],
    run: (workspace) => generate(workspace, small),
  },
  'generate, replacing all': {
    folders: ['data/events', `data/events/date=${day}`, 'data/.staging'],
    run: (workspace) => generate(workspace, { ...small, mode: 'replace' }),
  },
  'making a day again': {
    folders: [`data/events/date=${day}`, 'data/.staging'],
    run: (workspace) =>
      repeatDay({ workspace, date: day, program: 'a test', sqlFolder, spawnWorker: () => inProcessWorker(), signal: new AbortController().signal }),
  },
  refresh: { folders: ['exports', 'data/events'], run: (workspace) => onWarehouse(workspace, (w) => w.refresh({ mode: 'full' })) },
  'deleting and undoing': {
    folders: ['data/.trash', 'data/events', `data/events/date=${day}`],
    run: (workspace) =>
      onWarehouse(workspace, async (w) => {
        const { id } = await w.days.change((days) => days.remove([day]));
        await w.days.change((days) => days.restore(id));
      }),
  },
  compacting: { folders: [`data/events/date=${day}`, 'data/.staging'], run: (workspace) => onWarehouse(workspace, (w) => w.days.change((days) => days.compact(day))) },
  COPY: {
    folders: ['exports'],
    run: (workspace) => onWarehouse(workspace, (w) => w.console.run('tab', "COPY (FROM range(1000)) TO 'exports/out.csv'", { allowChanges: true })),
  },
  'saving a query': {
    folders: ['queries'],
    run: (workspace) => new QueryFiles(workspace).save('mine.sql', 'SELECT 2', { replaces: null }),
  },
}; // prettier-ignore

/** Runs a job while a folder is exchanged. Whether it succeeds is a matter of luck. */
async function whileSwapped(swapper: string, { workspace, documents }: HostileWorkspace, folder: string, seed: number, job: (workspace: Workspace) => Promise<unknown>) {
  const child = spawn(process.execPath, [swapper, path.join(workspace.folder, folder), documents, String(seed)], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await once(child.stdout, 'data');
    await job(workspace).catch(() => undefined);
  } finally {
    child.kill('SIGKILL');
    await once(child, 'close');
  }
} // prettier-ignore

/** Attempts in `npm test`; `npm run attack` makes all. */
const sample = 4;

function plan(random: SeededRandom): [string, string, (typeof jobs)[string]][] {
  const all = Object.entries(jobs).flatMap(([name, job]) =>
    job.folders.map((folder): [string, string, typeof job] => [name, folder, job]),
  );
  if (process.env['ATTEMPTS'] !== undefined) return all;
  const first = random.below(all.length);
  return [...all, ...all].slice(first, first + sample);
}

/** Whether a line of a snapshot is about a regular file. */
const isFile = (entry: string) => (Number(entry.split(' ')[0]) & constants.S_IFMT) === constants.S_IFREG;

/** Files that a job takes for its own, if it looks into a folder at the wrong moment. */
const ownName = /date=\d{4}-\d\d-\d\d\/events-|\/\d{8}T\d{9}-[a-z0-9]{6}\//;

/*
 * Paths are checked once per operation, so a program of the same user that exchanges a folder at the right moment can
 * lead a rename elsewhere (docs/security.md). At worst, files with names of this program appear there, or are taken
 * from there: nothing else that exists is changed, replaced or removed.
 */
test('a folder that becomes a link while a job runs costs no file outside', { timeout: 600_000 }, async () => {
  const swapper = await bundledProgram('swapping-process');
  const random = seededRandom('swapped folders');
  const attempts = plan(random);
  const broken: string[] = [];
  let led = 0;
  for (const [name, folder, { run }] of attempts) {
    const hostile = await hostileWorkspace();
    const { workspace } = hostile;
    await mkdir(workspace.queriesFolder);
    await generate(workspace, small);
    await generate(workspace, { ...small, seed: 2 });
    const before = await hostile.neighbours();
    await whileSwapped(swapper, hostile, folder, random.below(2 ** 31), run);
    const after = await hostile.neighbours();
    const changed = Object.keys(before).filter((file) => isFile(before[file] ?? '') && !ownName.test(file) && before[file] !== after[file]);
    if (changed.length > 0) broken.push(`${name}, ${folder}: ${changed.join(', ')}`);
    if (Object.keys(after).length > Object.keys(before).length) led += 1;
  }
  process.stdout.write(`  with files that appeared outside: ${led}\n`);
  countTried('swapped folders', { tried: attempts.length, held: attempts.length - broken.length });
  expect(broken).toEqual([]);
}); // prettier-ignore
