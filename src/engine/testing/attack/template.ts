import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { makeFolder } from '../../fs/folder';
import { ownedName } from '../../fs/owned-name';
import { generate } from '../generation';
import { QueryFiles } from '../../console/query-files';
import { Warehouse } from '../../warehouse/warehouse';
import type { Workspace } from '../../workspace';

export const modelsFolder = path.resolve('resources/models');

/** Days of the template, each with one file per run. */
export const days = ['2024-01-01', '2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05'] as const;
const deletedDay = '2024-01-06';

/** The run that was killed, see {@link buildTemplate}. */
export const stagedId = '20240101T000000000-aaaaaa';

/** Names in the template that are random. */
export interface TemplateNames {
  readonly deletion: string;
  /** The first event file of the second day. */
  readonly eventFile: string;
  readonly deletedFile: string;
  readonly copyAside: string;
  readonly exportAside: string;
}

/** A process that doesn't exist. */
const deadProcess = { pid: 2 ** 31 - 2, host: os.hostname(), start: 'never' };

/**
 * Creates a workspace with an entry at every path that the app uses: days, a refreshed database, a deletion, models,
 * queries, exports, and leftovers of a killed run, COPY and export.
 */
export async function buildTemplate(workspace: Workspace): Promise<TemplateNames> {
  await makeFolder(workspace.folder);
  for (const seed of [1, 2]) await generate(workspace, { rows: 400, start: days[0], end: deletedDay, seed });
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  const [deletedFile = ''] = await readdir(path.join(workspace.eventsFolder, `date=${deletedDay}`));
  await warehouse.refresh();
  for (const target of ["'exports/out.csv' (FORMAT csv)", "'exports/parts' (FORMAT csv, PARTITION_BY (part))"]) {
    await warehouse.console.run('tab', `COPY (SELECT i, i % 2 AS part FROM range(10) t(i)) TO ${target}`, {
      allowChanges: true,
    });
  }
  const sql = 'SELECT count(*) AS events FROM silver_events';
  await warehouse.ownMetrics.save({ name: 'mine', summary: 'Mine.', grain: 'one row', sql });
  const deletion = await warehouse.days.change((change) => change.remove([deletedDay]));
  await warehouse.close();
  await new QueryFiles(workspace).save('mine.sql', 'SELECT 1', { replaces: null });
  const [eventFile = ''] = await readdir(path.join(workspace.eventsFolder, `date=${days[1]}`));
  await leaveKilledRun(workspace, eventFile);
  return { deletion: deletion.id, eventFile, deletedFile, ...(await leaveKilledExports(workspace)) };
}

async function leaveKilledRun({ stagingFolder, eventsFolder, folder }: Workspace, eventFile: string): Promise<void> {
  const root = path.join(stagingFolder, stagedId);
  const from = path.join(eventsFolder, `date=${days[1]}`, eventFile);
  const staged = `events-${stagedId}-0-0.parquet`;
  await cp(from, path.join(root, 'events', `date=${days[2]}`, staged));
  await cp(from, path.join(root, 'replaced', `date=${days[3]}`, 'events-old.parquet'));
  const journal = { version: 1, replaced: [`date=${days[1]}/${eventFile}`], entry: null };
  await writeFile(path.join(root, 'journal.json'), JSON.stringify(journal));
  for (const name of ['generators', 'spill']) await mkdir(path.join(root, name));
  await writeFile(path.join(root, 'generators', '1.json'), JSON.stringify(deadProcess));
  await writeFile(path.join(root, 'spill', 'x.tmp'), 'x');
  const lock = { token: 'x', program: 'a test', process: deadProcess };
  await writeFile(path.join(folder, 'data', 'generate.lock'), JSON.stringify(lock));
}

async function leaveKilledExports({ exportsFolder }: Workspace) {
  // As if a process with another pid had made them.
  const named = async (prefix: string) => (await ownedName(prefix)).replace(`.${process.pid}.`, `.${deadProcess.pid}.`);
  const names = { copyAside: await named('.copy'), exportAside: await named('.export') };
  const aside = path.join(exportsFolder, names.copyAside);
  await mkdir(path.join(aside, 'written'), { recursive: true });
  await writeFile(path.join(aside, 'target.json'), JSON.stringify({ target: 'exports/parts' }));
  await writeFile(path.join(aside, 'rows.duckdb'), 'x');
  await writeFile(path.join(exportsFolder, names.exportAside), 'x');
  await writeFile(path.join(exportsFolder, '.gold_daily_revenue.parquet.999.new'), 'x');
  return names;
}
