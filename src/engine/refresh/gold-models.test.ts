import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { modelsFolder, writeEvents, type HandMadeEvent } from '../testing/temporary-workspace';
import { workspaceAt } from '../workspace';
import { Warehouse } from '../warehouse/warehouse';

const sale = (price: unknown, quantity: unknown) => JSON.stringify({ price, quantity });

/** Three teams over three months, small enough to count by hand. */
const events: HandMadeEvent[] = [
  // Week of Monday 2024-12-30, months December and January.
  { at: '2024-12-31 08:00:00', user: 1, team: 1, event: 'page_view' },
  { at: '2024-12-31 09:00:00', user: 1, team: 1, event: 'add_to_cart' },
  { at: '2024-12-31 10:00:00', user: 2, team: 2, event: 'page_view' },
  { at: '2025-01-01 08:00:00', user: 1, team: 1, event: 'checkout' },
  { at: '2025-01-01 08:01:00', user: 1, team: 1, event: 'purchase', properties: sale(2.5, 2) },
  // Week of Monday 2025-01-06. A purchase without a price, and one with invalid JSON.
  { at: '2025-01-06 00:00:00', user: 3, team: 2, event: 'purchase', properties: sale(undefined, 3) },
  { at: '2025-01-06 12:00:00', user: 3, team: 2, event: 'purchase', properties: 'oops' },
  { at: '2025-01-07 12:00:00', user: 2, team: 2, event: 'page_view' },
  { at: '2025-01-07 12:30:00', user: null, team: 2, event: 'page_view' },
  // Week of Monday 2025-03-03. A new team; team 1 is back, team 2 is not.
  { at: '2025-03-03 12:00:00', user: 4, team: 3, event: 'purchase', properties: sale(10.01, 1) },
  { at: '2025-03-04 12:00:00', user: 1, team: 1, event: 'search' },
];

let rows: (table: string) => Promise<unknown[][]>;

beforeAll(async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'gold-models-'));
  const workspace = workspaceAt(folder);
  await writeEvents(workspace, events);
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  await warehouse.refresh();
  await warehouse.close();
  const instance = await DuckDBInstance.create(workspace.database, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  rows = async (table) => (await connection.runAndReadAll(`FROM ${table}`)).getRowsJson();
  return async () => {
    connection.closeSync();
    instance.closeSync();
    await rm(folder, { recursive: true });
  };
});

describe('on a warehouse small enough to count by hand', () => {
  test.each<[string, unknown[][]]>([
    ['gold_weekly_active_teams', [
      ['2024-12-30 00:00:00', '2'],
      ['2025-01-06 00:00:00', '1'],
      ['2025-03-03 00:00:00', '2'],
    ]],
    ['gold_daily_active_users', [
      ['2024-12-31', '2'], ['2025-01-01', '1'], ['2025-01-06', '1'], ['2025-01-07', '1'], ['2025-03-03', '1'],
      ['2025-03-04', '1'],
    ]],
    ['gold_weekly_events_by_type', [
      ['2024-12-30', 'add_to_cart', '1'], ['2024-12-30', 'checkout', '1'], ['2024-12-30', 'page_view', '2'],
      ['2024-12-30', 'purchase', '1'], ['2025-01-06', 'page_view', '1'], ['2025-01-06', 'purchase', '2'],
      ['2025-03-03', 'purchase', '1'], ['2025-03-03', 'search', '1'],
    ]],
    ['gold_weekly_active_users', [
      ['2024-12-30', '2', 1.5, 0.75], ['2025-01-06', '2', 1, 0.5], ['2025-03-03', '2', 1, 0.5],
    ]],
    ['gold_monthly_stickiness', [
      ['2024-12-01', '2', 2, 1], ['2025-01-01', '3', 1, 0.3333], ['2025-03-01', '2', 1, 0.5],
    ]],
    ['gold_weekly_purchase_funnel', [
      ['2024-12-30', '2', '1', '1', '1', 0.5], ['2025-01-06', '1', '0', '0', '0', 0],
      ['2025-03-03', '0', '0', '0', '0', null],
    ]],
    ['gold_daily_revenue', [
      ['2025-01-01', '1', '1', '5.00'], ['2025-01-06', '2', '0', '0.00'], ['2025-03-03', '1', '1', '10.01'],
    ]],
    ['gold_team_retention', [
      ['2024-12-01', '0', '2', '2', 1], ['2024-12-01', '1', '2', '2', 1], ['2024-12-01', '2', '2', '0', 0],
      ['2024-12-01', '3', '2', '1', 0.5], ['2025-03-01', '0', '1', '1', 1],
    ]],
    ['gold_top_teams', [
      ['1', '1', '5', 0.5, '3', '3', '2025-03-01', '1', '5.00'],
      ['2', '2', '4', 0.4, '3', '2', '2025-01-01', '2', '0.00'],
      ['3', '3', '1', 0.1, '1', '1', '2025-03-01', '1', '10.01'],
    ]],
  ])('%s has the expected rows, in order', async (table, expected) => {
    expect(await rows(table)).toEqual(expected);
  }); // prettier-ignore
});
