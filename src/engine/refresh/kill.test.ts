import { readdirSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, onTestFinished, test } from 'vitest';
import { bundledProgram, killWhileRunning } from '../testing/killed-process';
import { seededRandom } from '../testing/seeded-random';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import { countTried } from '../testing/tried';
import type { Workspace } from '../workspace';
import { Warehouse } from '../warehouse/warehouse';

const kills = Number(process.env['KILLS'] ?? 15);
const longestMs = 400;

const day = (index: number) => new Date(Date.UTC(2025, 0, 1 + index)).toISOString().slice(0, 10);

/** The state that another client finds after a kill; throws if the file or an export can't be read. */
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
  const random = seededRandom('kills of a refresh');
  const program = await bundledProgram('refresh-process');
  await writeEvents(workspace, Array.from({ length: 40 }, (_, index) => ({ at: `${day(index)} 12:00:00`, team: index % 7 })));
  const first = await Warehouse.open(workspace, modelsFolder);
  await first.refresh();
  await first.close();

  let rows = 40;
  let known = 40;
  let interrupted = 0;
  let held = 0;
  onTestFinished(() => countTried('kills of a refresh', { tried: Math.min(held + 1, kills), held }));
  for (let kill = 0; kill < kills; kill += 1) {
    await writeEvents(workspace, [{ at: `${day(kill % 50)} 13:00:00` }], `k${kill}`);
    rows += 1;
    await killWhileRunning(program, [workspace.folder, modelsFolder], () => random.next() * longestMs);
    const { logged, counted, unreadable } = await stateOf(workspace);
    expect(unreadable).toEqual([]);
    expect(counted).toBe(logged);
    // Either the state of the last refresh that finished, or everything that exists now.
    expect([known, rows]).toContain(logged);
    if (logged < rows) interrupted += 1;
    known = logged;
    held += 1;
  }

  expect(interrupted, 'kills before a refresh was through').toBeGreaterThan(0);

  const last = await Warehouse.open(workspace, modelsFolder);
  // Settled by opening the workspace, not just by the next refresh.
  expect(readdirSync(workspace.exportsFolder).filter((name) => name.startsWith('.'))).toEqual([]);
  await last.refresh();
  await last.close();
  expect(await stateOf(workspace)).toEqual({ logged: rows, counted: rows, unreadable: [] });
  expect(readdirSync(workspace.exportsFolder).filter((name) => name.startsWith('.'))).toEqual([]);
}); // prettier-ignore
