import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { suggestSeed } from '../commit/run-log';
import { QueryFiles } from '../console/query-files';
import { advanceRequest } from '../generation/plan/advance';
import { systemError } from '../fs/system-error';
import { asNobody } from '../testing/as-nobody';
import { generate } from '../testing/generation';
import { modelsFolder, temporaryWorkspace } from '../testing/temporary-workspace';
import type { Workspace } from '../workspace';
import { Warehouse } from './warehouse';

/* Folders without read permission: each page and job either works without them or names them. */

const day = '2024-01-02';

type Job = (warehouse: Warehouse, workspace: Workspace) => Promise<unknown>;

const jobs: Record<string, Job> = {
  'the figures of the warehouse': (warehouse) => warehouse.summary(),
  'the list of days': (warehouse) => warehouse.days.list(),
  'the files of a day': (warehouse) => warehouse.days.filesOf(day),
  'the hours of a day': (warehouse) => warehouse.days.hoursOf(day),
  'the models': (warehouse) => warehouse.models(),
  'the checks': (warehouse) => warehouse.checks(),
  'the history': (warehouse) => warehouse.refreshHistory(),
  'the deletions': (warehouse) => warehouse.days.deletions(),
  'the saved queries': (_, workspace) => new QueryFiles(workspace).list(),
  'the schema': (warehouse) => warehouse.language.schema(),
  'the seed of the next run': (_, workspace) => suggestSeed(workspace),
  'the plan of advance': (_, workspace) => advanceRequest(workspace, 1),
  'a query of gold': (warehouse) => warehouse.console.run('tab', 'FROM gold_daily_revenue'),
  'a query of bronze': (warehouse) => warehouse.console.run('tab', 'SELECT count(*) FROM bronze_events'),
  'a refresh': (warehouse) => warehouse.refresh(),
  'a full refresh': (warehouse) => warehouse.refresh({ mode: 'full' }),
  'compacting a day': (warehouse) => warehouse.days.change((days) => days.compact(day)),
  'deleting a day': (warehouse) => warehouse.days.change((days) => days.remove([day])),
  'a run': (_, workspace) => generate(workspace, { rows: 100, start: day, end: day, seed: 9 }),
};

/** Folders, and the jobs that need them. */
const locked: Record<string, readonly string[]> = {
  'data/events': [
    'the figures of the warehouse', 'the list of days', 'the files of a day', 'the hours of a day', 'the seed of the next run',
    'the plan of advance', 'a query of bronze', 'a refresh', 'a full refresh', 'deleting a day', 'compacting a day', 'a run',
  ],
  [`data/events/date=${day}`]: [
    'the files of a day', 'the hours of a day', 'the plan of advance', 'a refresh', 'a full refresh', 'deleting a day', 'compacting a day', 'a run',
  ],
  queries: ['the saved queries'],
  exports: ['a refresh', 'a full refresh'],
}; // prettier-ignore

describe.runIf(process.platform === 'linux')('without permission for', () => {
  test.each(Object.entries(locked))('%s, each job that needs it names it', async (folder, needing) => {
    const workspace = await temporaryWorkspace();
    for (const seed of [1, 2]) await generate(workspace, { rows: 200, start: '2024-01-01', end: '2024-01-03', seed });
    await new QueryFiles(workspace).save('mine.sql', 'SELECT 1', { replaces: null });
    const place = path.join(workspace.folder, folder);
    const warehouse = await Warehouse.open(workspace, modelsFolder);
    onTestFinished(() => warehouse.close());
    await warehouse.refresh();
    await asNobody(workspace.folder, async () => {
      await chmod(place, 0o000);
      for (const name of needing) {
        const thrown: unknown = await jobs[name]?.(warehouse, workspace).catch((error: unknown) => error);
        // As the window and the command line report it.
        expect(systemError(thrown, workspace.folder) ?? thrown, name).toMatchObject({
          code: expect.stringMatching(/^(?:WORKSPACE_READ_ONLY|PARQUET_DAMAGED)$/),
          message: `Micro Warehouse has no permission to read ${place}.`,
          details: { action: expect.stringContaining('Give yourself read and write permission') },
        });
      }
      for (const name of Object.keys(jobs).filter((job) => !needing.includes(job))) {
        await expect(jobs[name]?.(warehouse, workspace), name).resolves.not.toThrow();
      }
      await chmod(place, 0o755);
    });
  });
});
