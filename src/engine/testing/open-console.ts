import { tableFromIPC } from 'apache-arrow';
import { onTestFinished } from 'vitest';
import { Warehouse } from '../warehouse/warehouse';
import { modelsFolder, temporaryWorkspace, writeEvents } from './temporary-workspace';

/** A console over a refreshed warehouse of two events, with helpers to run SQL and to read rows. */
export async function openConsole() {
  const workspace = await temporaryWorkspace();
  await writeEvents(workspace, [{ at: '2025-01-06 10:00:00' }, { at: '2025-01-07 11:00:00.123456' }]);
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  await warehouse.refresh();
  const { console } = warehouse;
  const run = async (sql: string) => (await console.run('tab', sql)).result?.resultId ?? '';
  const rows = async (resultId: string, offset = 0, limit = 100) => {
    const table = tableFromIPC(await console.window(resultId, offset, limit));
    return table.toArray().map((row) => Object.values<unknown>(row.toJSON()));
  };
  return { warehouse, workspace, console, results: console.results, run, rows };
}
