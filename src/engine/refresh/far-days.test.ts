import { expect, onTestFinished, test } from 'vitest';
import { modelsFolder, temporaryWorkspace, writeEvents, type HandMadeEvent } from '../testing/temporary-workspace';
import { Warehouse } from '../warehouse/warehouse';

/** Two months with a few events per day, with users and teams, and more events on the days in `far`. */
async function refreshed(far: readonly string[]) {
  const workspace = await temporaryWorkspace();
  const near = Array.from({ length: 60 }, (_, day) => new Date(Date.UTC(2025, 0, 6 + day)).toISOString().slice(0, 10));
  const ofDay = (date: string): HandMadeEvent[] =>
    Array.from({ length: 20 }, (_, index) => ({ at: `${date} 10:00:${10 + index}`, user: index + 1, team: index + 1 }));
  await writeEvents(workspace, [...near, ...far].flatMap(ofDay));
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  const rowsOf = async (name: string) => (await warehouse.models()).find((model) => model.name === name)?.built?.rows;
  return { workspace, warehouse, rowsOf };
}

const timed = async (work: () => Promise<unknown>) => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};

test('days at both ends of the calendar cost what any days cost', async () => {
  const usual = await refreshed([]);
  const far = await refreshed(['0001-01-01', '9999-12-31']);
  const first = await timed(() => usual.warehouse.refresh());
  const firstFar = await timed(() => far.warehouse.refresh());
  expect(await far.warehouse.refresh()).toMatchObject({ mode: 'unchanged' });
  await writeEvents(usual.workspace, [{ at: '2025-03-07 10:00:00' }], 'later');
  await writeEvents(far.workspace, [{ at: '9999-12-30 10:00:00' }], 'later');
  const next = await timed(() => usual.warehouse.refresh());
  const nextFar = await timed(() => far.warehouse.refresh());
  console.info(`Refresh with far days beside one without: ${firstFar / first} x; one more day: ${nextFar / next} x`);
  // If it depended on the span, it would take about a hundred times as long; the limit allows for other work on the
  // machine.
  expect(firstFar).toBeLessThan(10 * first + 2_000);
  expect(nextFar).toBeLessThan(10 * next + 2_000);

  expect((await far.warehouse.days.list()).map(({ date }) => date).slice(-2)).toEqual(['9999-12-30', '9999-12-31']);
  expect(await far.warehouse.summary()).toMatchObject({ firstDate: '0001-01-01', lastDate: '9999-12-31', rows: 1_241 });
  // All teams started in the first month: a row for it, for each of three months, and for the last.
  expect(await far.rowsOf('gold_team_retention')).toBe(5);
  expect(await far.rowsOf('gold_daily_active_users')).toBe(63);
  expect(await far.rowsOf('gold_weekly_active_teams')).toBe(11);
  const missing = (await far.warehouse.checks()).find(({ name }) => name === 'no_missing_day');
  expect(missing?.result?.failedDays).toEqual([
    { date: '0001-01-02', rows: 1 },
    { date: '2025-03-07', rows: 1 },
  ]);
});

test('an event of another day in a partition spans any time without harm', async () => {
  const { warehouse, workspace } = await refreshed([]);
  await warehouse.refresh();
  await writeEvents(workspace, [{ at: '2025-03-07 10:00:00' }], 'a');
  await writeEvents(workspace, [{ at: '9999-12-31 23:59:59.999999' }, { at: '0001-01-01 00:00:00' }], 'b');
  expect(await warehouse.refresh()).toMatchObject({ mode: 'incremental', layerRows: { bronze: 1_203 } });
});
