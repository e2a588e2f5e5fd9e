import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { listEvents } from '../src/engine/events/event-files';
import { Warehouse } from '../src/engine/warehouse/warehouse';
import { openWorkspace, type Workspace } from '../src/engine/workspace';
import { median } from './measure';

const rounds = 3;
/** Number of refreshes without changes per round, since the difference of two short times is noisy. */
const looks = 5;

/**
 * Refreshes as the window's process does, which stays alive in between: a full refresh, one after each further day, one
 * without changes. Prints the medians in milliseconds as JSON.
 */
async function main(folder: string, cli: string, rowsADay: string): Promise<void> {
  const workspace = await openWorkspace(folder);
  const full: number[] = [];
  const day: number[] = [];
  const nothing: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    removeDatabase(workspace);
    const warehouse = await Warehouse.open(workspace, path.resolve('resources/models'));
    full.push(await timed(() => warehouse.refresh()));
    addDay(folder, cli, `2026-01-0${round + 1}`, rowsADay);
    day.push(await timed(() => warehouse.refresh()));
    for (let look = 0; look < looks; look += 1) {
      const listing = await timed(() => listEvents(workspace));
      nothing.push((await timed(() => warehouse.refresh())) - listing);
    }
    await warehouse.close();
  }
  process.stdout.write(JSON.stringify({ full: median(full), day: median(day), nothing: median(nothing) }));
}

function removeDatabase({ database, exportsFolder }: Workspace): void {
  rmSync(database, { force: true });
  rmSync(exportsFolder, { recursive: true, force: true });
}

function addDay(folder: string, cli: string, day: string, rows: string): void {
  const recipe = ['--start', day, '--end', day, '--rows', rows];
  execFileSync(process.execPath, [cli, 'generate', ...recipe, '--workspace', folder, '--json'], { stdio: 'ignore' });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const [folder = '', cli = '', rowsADay = ''] = process.argv.slice(2);
void main(folder, cli, rowsADay);
