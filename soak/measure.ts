import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, type App } from '../e2e/support/app';
import { run } from '../e2e/support/console';
import { descriptorsOf, listenersOfMain, threadsOf } from '../e2e/support/held';

/** A measured value, and its growth over the whole time that isn't a leak. */
export interface Measure {
  readonly name: string;
  readonly value: number;
  readonly tolerance: number;
}

/** Pools of threads and Chromium's shared memory come and go. */
const fewTolerated = 4;
const megabytesTolerated = 16;
const heapTolerated = 3;

const questions = {
  'temporary tables of the tab': `SELECT count(*) FROM system.main.duckdb_tables() WHERE temporary`,
  'connections to DuckDB': 'SELECT count FROM duckdb_connection_count()',
  'tables of the warehouse': 'SELECT count(*) FROM system.main.duckdb_tables() WHERE NOT temporary',
  'temporary files of DuckDB': 'SELECT count(*) FROM duckdb_temporary_files()',
  'memory of DuckDB, MB': 'SELECT sum(memory_usage_bytes) // 1000000 FROM duckdb_memory()',
};

/** Measures everything, after forced garbage collections in main and window. */
export async function measure(app: App, userData: string): Promise<Measure[]> {
  const duckdb = await askDuckDb(app);
  const heaps = await collect(app);
  return [
    ...duckdb,
    ...heaps,
    ...(await measureProcesses(app)),
    { name: 'listeners of main', value: await listenersOfMain(app), tolerance: 0.5 },
    { name: 'files of the workspace', value: (await filesIn(app.workspace)).length, tolerance: 0.5 },
    { name: 'files of the console', value: await countConsoleFiles(userData), tolerance: 0.5 },
  ];
}

async function askDuckDb(app: App): Promise<Measure[]> {
  await app.open('Console');
  const columns = Object.values(questions).map((sql, index) => `CAST((${sql}) AS INTEGER) AS q${index}`);
  await run(app, `SELECT ${columns.join(', ')}`);
  await expect(app.result.getByRole('columnheader', { name: /^q0 / })).toBeVisible();
  const cells = await app.result.locator('[aria-rowindex="2"] [role="gridcell"]').allTextContents();
  return Object.keys(questions).map((name, index) => ({
    name,
    value: Number(cells[index]),
    tolerance: name.endsWith('MB') ? megabytesTolerated : 0.5,
  }));
}

/** Megabytes of JavaScript after a forced collection. */
async function collect(app: App): Promise<Measure[]> {
  const window = await app.window.evaluate(async () => {
    for (let time = 0; time < 3; time += 1) {
      globalThis.gc?.();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const memory: unknown = Reflect.get(performance, 'memory');
    return typeof memory === 'object' && memory !== null ? Number(Reflect.get(memory, 'usedJSHeapSize')) : 0;
  });
  const main = await app.electron.evaluate(async () => {
    for (let time = 0; time < 3; time += 1) {
      globalThis.gc?.();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return globalThis.gc ? process.memoryUsage().heapUsed : 0;
  });
  expect(main, 'the collector can be forced').toBeGreaterThan(0);
  return [
    { name: 'window: heap, MB', value: window / 1e6, tolerance: heapTolerated },
    { name: 'main: heap, MB', value: main / 1e6, tolerance: heapTolerated },
  ];
}

async function measureProcesses(app: App): Promise<Measure[]> {
  const processes = await app.electron.evaluate(({ app: electron }) =>
    electron.getAppMetrics().map(({ pid, type, serviceName, name, memory }) => ({
      pid,
      name: type === 'Browser' ? 'main' : type === 'Tab' ? 'window' : (name ?? serviceName ?? type),
      megabytes: memory.workingSetSize / 1000,
    })),
  );
  const found: Measure[] = [{ name: 'processes', value: processes.length, tolerance: 0.5 }];
  const named = new Map<string, number>();
  for (const { pid, name: kind, megabytes } of processes) {
    // Processes of one kind are distinguished by number.
    const number = (named.get(kind) ?? 0) + 1;
    named.set(kind, number);
    const name = number === 1 ? kind : `${kind} ${number}`;
    found.push({ name: `${name}: memory, MB`, value: megabytes, tolerance: megabytesTolerated });
    const descriptors = await descriptorsOf(pid);
    if (descriptors) found.push({ name: `${name}: descriptors`, value: descriptors.length, tolerance: fewTolerated });
    const threads = await threadsOf(pid);
    if (threads !== null) found.push({ name: `${name}: threads`, value: threads, tolerance: fewTolerated });
  }
  return found;
}

/** Number of drafts kept besides those of open tabs, so that closed tabs can be reopened. */
const keptDrafts = 50;

/** The drafts of closed tabs count only beyond the number that is kept. */
async function countConsoleFiles(userData: string): Promise<number> {
  const files = await filesIn(path.join(userData, 'workspaces'));
  const drafts = files.filter((file) => path.basename(path.dirname(file)) === 'drafts').length;
  return files.length - Math.min(drafts, keptDrafts);
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}
