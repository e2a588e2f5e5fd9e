import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Trace } from '../../contract/trace';
import { gridRows } from '../testing/grid-rows';
import { modelsFolder, temporaryWorkspace, writeEvents, type HandMadeEvent } from '../testing/temporary-workspace';
import type { Workspace } from '../workspace';
import { profileModelColumn } from './profile';
import { Warehouse } from '../warehouse/warehouse';

async function refreshed(events: readonly HandMadeEvent[], workspace?: Workspace): Promise<Warehouse> {
  const place = workspace ?? (await temporaryWorkspace());
  await writeEvents(place, events);
  const warehouse = await Warehouse.open(place, modelsFolder);
  onTestFinished(() => warehouse.close());
  await warehouse.refresh();
  return warehouse;
}

/** Team 1 has users 1 and 2, and one event without a user; team 2 has user 3. */
const twoTeams: HandMadeEvent[] = [
  { at: '2025-01-06 10:00', user: 1, team: 1 },
  { at: '2025-01-06 11:00', user: 2, team: 1, event: 'purchase', properties: '{"price": 2.5, "quantity": 2}' },
  { at: '2025-01-14 10:00', user: null, team: 1 },
  { at: '2025-01-14 11:00', user: 3, team: 2 },
  { at: '2025-01-14 12:00', user: 1, team: 1, event: 'search' },
];

/** The rows of a model for the traced user or team. */
async function rowsOf(warehouse: Warehouse, { models }: Trace, name: string): Promise<(string | null)[][]> {
  return gridRows(warehouse.console, models.find(({ model }) => model === name)?.sql ?? '');
}

describe('a trace', () => {
  test('follows a team from bronze to gold, and says what was dropped on the way', async () => {
    const warehouse = await refreshed(twoTeams);
    const { models, dropped } = await warehouse.inspection.trace({ kind: 'team', id: 1 });
    const found = Object.fromEntries(models.map(({ model, how, rows }) => [model, `${how} ${rows}`]));
    expect(found).toMatchObject({
      bronze_events: 'named 4',
      silver_events: 'named 3',
      silver_purchases: 'named 1',
      silver_team_months: 'named 1',
      gold_weekly_active_teams: 'counted 2',
      gold_top_teams: 'named 1',
      gold_team_retention: 'counted 1',
    });
    expect(dropped).toEqual([{ rule: 'user_is_known', summary: expect.any(String), rows: 1 }]);
  });

  test('shows the dropped rows of bronze first, each with its rule', async () => {
    const warehouse = await refreshed(twoTeams);
    const team = await warehouse.inspection.trace({ kind: 'team', id: 1 });
    const rows = await rowsOf(warehouse, team, 'bronze_events');
    expect(rows.map(([droppedBy]) => droppedBy)).toEqual(['user_is_known', null, null, null]);
  });

  test('shows what one alone comes to in a metric beside what all do', async () => {
    const warehouse = await refreshed(twoTeams);
    const user = await warehouse.inspection.trace({ kind: 'user', id: 1 });
    // Week and event, then the events of user 1 and those of all.
    expect(await rowsOf(warehouse, user, 'gold_weekly_events_by_type')).toEqual([
      ['2025-01-06', 'page_view', '1', '1'],
      ['2025-01-13', 'search', '1', '1'],
    ]);
    expect(await rowsOf(warehouse, user, 'gold_weekly_active_teams')).toEqual([
      ['2025-01-06 00:00:00', '1', '1'],
      ['2025-01-13 00:00:00', '1', '2'],
    ]);
  });

  test('shows a user in what is known of teams only, by the teams of the user', async () => {
    const warehouse = await refreshed(twoTeams);
    const user = await warehouse.inspection.trace({ kind: 'user', id: 3 });
    expect(user.models.find(({ model }) => model === 'silver_team_months')).toMatchObject({ how: 'team', rows: 1 });
    expect(await rowsOf(warehouse, user, 'silver_team_months')).toEqual([['2025-01-01', '2', '1', '1', '0', '0.00']]);
  });

  test('finds nothing of somebody that no event names, and is refused before there are layers', async () => {
    const warehouse = await refreshed(twoTeams);
    const { models } = await warehouse.inspection.trace({ kind: 'user', id: 4_711 });
    expect(models.reduce((rows, model) => rows + model.rows, 0)).toBe(0);

    const empty = await Warehouse.open(await temporaryWorkspace(), modelsFolder);
    onTestFinished(() => empty.close());
    await expect(empty.inspection.trace({ kind: 'user', id: 1 })).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
  });

  test("goes past a model of the user's that reads raw events or fails since", async () => {
    const workspace = await temporaryWorkspace();
    await mkdir(workspace.modelsFolder, { recursive: true });
    const own = path.join(workspace.modelsFolder, 'raw.sql');
    await writeFile(own, 'SELECT date, count(*) AS rows FROM bronze_events GROUP BY date');
    const warehouse = await refreshed(twoTeams, workspace);
    const { models } = await warehouse.inspection.trace({ kind: 'team', id: 1 });
    expect(models.find(({ model }) => model === 'gold_raw')).toEqual({
      model: 'gold_raw',
      how: 'untraceable',
      rows: 0,
      sql: null,
    });
    await writeFile(own, 'SELECT nope FROM silver_events');
    const again = await warehouse.inspection.trace({ kind: 'team', id: 1 });
    expect(again.models.find(({ model }) => model === 'gold_raw')?.how).toBe('untraceable');
    expect(again.models.find(({ model }) => model === 'silver_events')?.rows).toBe(3);
  });

  test('stops when it is left', async () => {
    const warehouse = await refreshed(twoTeams);
    const left = warehouse.inspection.trace({ kind: 'team', id: 1 }, { signal: AbortSignal.abort() });
    await expect(left).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('the profile of a column', () => {
  test('counts nulls and distinct values over all rows of a small model', async () => {
    const warehouse = await refreshed(twoTeams);
    const profile = await warehouse.inspection.profile('bronze_events', 'user_id', { everything: false });
    expect(profile).toMatchObject({ rows: 5, nulls: 1, distinct: 3, min: '1', max: '3', sample: null });
    expect(profile.histogram.reduce((rows, { count }) => rows + count, 0)).toBe(4);
    const names = await warehouse.inspection.profile('silver_events', 'event_name', { everything: false });
    expect(names.top[0]).toEqual({ label: 'page_view', count: 2 });
  });

  test('reads some days of a large model, spread over all, or everything where that is asked for', async () => {
    const days = Array.from({ length: 28 }, (_, day) => ({
      at: `2025-02-${String(day + 1).padStart(2, '0')} 12:00`,
      user: day,
    }));
    const workspace = await temporaryWorkspace();
    const warehouse = await refreshed(days, workspace);
    const model = (await warehouse.models()).find(({ name }) => name === 'silver_events');
    if (!model) throw new Error('There is no such model.');
    const profile = (everything: boolean) =>
      warehouse['database'].use((connection) =>
        profileModelColumn(model, 'user_id', connection, { everything, enough: 4 }),
      );
    // A step of seven days would hit the same weekday only.
    expect(await profile(false)).toMatchObject({ rows: 4, sample: { days: 4, of: 28 } });
    expect(await profile(true)).toMatchObject({ rows: 28, sample: null });
  });

  test('is refused for what is not in the warehouse', async () => {
    const warehouse = await refreshed(twoTeams);
    await expect(warehouse.inspection.profile('bronze_events', 'nope', { everything: false })).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
    });
  });
});

test('models say which refresh changed them last, and when', async () => {
  const workspace = await temporaryWorkspace();
  const warehouse = await refreshed(twoTeams, workspace);
  await writeEvents(workspace, [{ at: '2025-03-03 10:00' }], 'r2');
  const second = await warehouse.refresh();
  const changed = new Map((await warehouse.models()).map(({ name, built }) => [name, built]));
  expect(changed.get('silver_events')).toMatchObject({ refreshId: 2, changedAt: second.finishedAt });
  // The new day has no purchase.
  expect(changed.get('gold_daily_revenue')).toMatchObject({ refreshId: 1 });
});
