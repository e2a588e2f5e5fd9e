import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { newExportId } from '../results/export-file';
import { makeFolder } from '../fs/folder';
import { repeatDay } from '../generation/run/repeat-day';
import { inProcessWorker } from './generation';
import { listEvents } from '../events/event-files';
import { Warehouse } from '../warehouse/warehouse';
import { workspaceAt, type Workspace } from '../workspace';

/** Jobs for the test that kills them, each repeated. Rounds write different data. The first is not killed. */
const jobs: Record<string, (warehouse: Warehouse, workspace: Workspace, round: number) => Promise<void>> = {
  async copyFile({ console }, _, round) {
    const sql = `COPY (SELECT ${round % 10} AS round, i FROM range(30000) t(i)) TO 'exports/out.csv'`;
    await console.run('tab', sql, { allowChanges: true });
  },
  async copyFolder({ console }, _, round) {
    const sql = `COPY (SELECT ${round % 10} AS round, i, i % 8 AS part FROM range(8000) t(i)) TO 'exports/parts'
      (FORMAT csv, PARTITION_BY (part), OVERWRITE)`;
    await console.run('tab', sql, { allowChanges: true });
  },
  async export({ console }, workspace) {
    const { result } = await console.run('tab', 'SELECT i FROM range(100000) t(i)');
    const id = await newExportId();
    await console.results.export(result?.resultId ?? '', 'csv', id);
    await rm(path.join(workspace.exportsFolder, `.export.${id}`));
    await console.close(result?.resultId ?? '');
  },
  async undo(warehouse, workspace) {
    const dates = (await listEvents(workspace)).files.slice(0, 40).map(({ date }) => date);
    const { id } = await warehouse.days.change((days) => days.remove(dates));
    await warehouse.days.change((days) => days.restore(id));
  },
  async compact(warehouse, workspace) {
    const dates = (await listEvents(workspace)).files.map(({ date }) => date);
    const date = dates.find((candidate, index) => candidate === dates[index + 1]) ?? '';
    await warehouse.days.change((days) => days.compact(date));
  },
  async regenerate(_, workspace, round) {
    const day = path.join(workspace.eventsFolder, `date=${process.argv[5] ?? ''}`);
    const removed = path.join(workspace.folder, 'removed');
    await makeFolder(removed);
    await rename(day, path.join(removed, `${process.pid}-${round}`)).catch(() => undefined);
    await repeatDay({
      workspace,
      date: process.argv[5] ?? '',
      sqlFolder: path.resolve('resources/generation'),
      program: 'a test',
      spawnWorker: () => inProcessWorker(),
      signal: new AbortController().signal,
    });
  },
};

async function main([folder = '', modelsFolder = '', job = '']: readonly string[]): Promise<void> {
  const workspace = workspaceAt(folder);
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  for (let round = 0; ; round += 1) {
    const began = performance.now();
    await jobs[job]?.(warehouse, workspace, round);
    if (round === 0) process.stdout.write(`${Math.ceil(performance.now() - began)}\n`);
  }
}

void main(process.argv.slice(2));
