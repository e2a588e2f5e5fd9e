import { execFileSync, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, onTestFinished, test } from 'vitest';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import type { Workspace } from '../workspace';
import { Warehouse } from './warehouse';

const kills = 30;
const longestMs = 400;

const day = (index: number) => new Date(Date.UTC(2025, 0, 1 + index)).toISOString().slice(0, 10);

/** A program that refreshes, bundled for plain Node: what is killed must be a process of its own. */
async function refreshProgram(): Promise<string> {
  // Inside the project, where it finds DuckDB; `out` is what builds write to.
  await mkdir(path.resolve('out'), { recursive: true });
  const folder = await mkdtemp(path.resolve('out', 'kill-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const vite = path.resolve('node_modules/vite/bin/vite.js');
  const entry = 'src/engine/testing/refresh-process.ts';
  execFileSync(process.execPath, [
    vite,
    'build',
    '--ssr',
    entry,
    '--outDir',
    folder,
    '--logLevel',
    'error',
    '--emptyOutDir',
  ]);
  return path.join(folder, readdirSync(folder).find((name) => name.startsWith('refresh-process')) ?? '');
}

/** Starts the program, and kills it with SIGKILL some time into its refreshes. */
async function killWhileRefreshing(program: string, workspace: Workspace, afterMs: number): Promise<void> {
  const child = spawn(process.execPath, [program, workspace.folder, modelsFolder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  child.kill('SIGKILL');
  await exited;
}

/** What another client finds after a kill; throws where the file or an export can't be read. */
async function stateOf(workspace: Workspace): Promise<{ logged: number; counted: number; unreadable: string[] }> {
  const instance = await DuckDBInstance.create(workspace.database, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const scalar = async (sql: string) => Number((await connection.runAndReadAll(sql)).getRowsJson()[0]?.[0] ?? 0);
  const logged = await scalar(
    `SELECT model_rows['silver_events'] FROM refresh_log WHERE status = 'succeeded' ORDER BY refresh_id DESC LIMIT 1`,
  );
  const counted = await scalar('SELECT coalesce(sum(events), 0) FROM gold_weekly_events_by_type');
  const exports = readdirSync(workspace.exportsFolder).filter((name) => !name.startsWith('.'));
  const unreadable: string[] = [];
  for (const name of exports) {
    await connection.run(`FROM '${path.join(workspace.exportsFolder, name)}'`).catch(() => unreadable.push(name));
  }
  connection.closeSync();
  instance.closeSync();
  return { logged, counted, unreadable };
}

test(`a refresh that is killed, ${kills} times, leaves the state before or after it`, { timeout: 400_000 }, async () => {
  const workspace = await temporaryWorkspace();
  const program = await refreshProgram();
  await writeEvents(workspace, Array.from({ length: 40 }, (_, index) => ({ at: `${day(index)} 12:00:00`, team: index % 7 })));
  const first = await Warehouse.open(workspace, modelsFolder);
  await first.refresh();
  await first.close();

  let rows = 40;
  let known = 40;
  let interrupted = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    await writeEvents(workspace, [{ at: `${day(kill % 50)} 13:00:00` }], `k${kill}`);
    rows += 1;
    await killWhileRefreshing(program, workspace, (kill / kills) * longestMs);
    const { logged, counted, unreadable } = await stateOf(workspace);
    expect(unreadable).toEqual([]);
    expect(counted).toBe(logged);
    // Either the state of the last refresh that came to its end, or everything that is there now.
    expect([known, rows]).toContain(logged);
    if (logged < rows) interrupted += 1;
    known = logged;
  }

  expect(interrupted, 'kills before a refresh was through').toBeGreaterThan(0);

  const last = await Warehouse.open(workspace, modelsFolder);
  await last.refresh();
  await last.close();
  expect(await stateOf(workspace)).toEqual({ logged: rows, counted: rows, unreadable: [] });
  expect(readdirSync(workspace.exportsFolder).filter((name) => name.startsWith('.'))).toEqual([]);
}); // prettier-ignore
