import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import { openConsole } from '../testing/open-console';
import { Warehouse } from '../warehouse/warehouse';

const text = { summary: 'Events of one kind.', grain: 'one row' };
const counted = 'SELECT count(*) AS n FROM silver_events WHERE event_name = $event AND user_id < $most';
const parameters = {
  event: { type: 'VARCHAR', value: "it's" },
  most: { type: 'BIGINT', value: '7' },
} as const;

async function withMetric() {
  const opened = await openConsole();
  const { warehouse, workspace } = opened;
  await warehouse.ownMetrics.save({ ...text, name: 'counted', sql: counted, parameters });
  const read = async (file: string) => readFile(path.join(workspace.modelsFolder, file), 'utf8');
  const own = async () => (await warehouse.models()).filter(({ origin }) => origin === 'user');
  return { ...opened, metrics: warehouse.ownMetrics, read, own };
}

describe('parameters', () => {
  test('become defaults in the header, with which the metric is built', async () => {
    const { warehouse, read, own, metrics } = await withMetric();
    expect(await read('counted.sql')).toContain(
      "-- parameters:\n--   event: VARCHAR 'it''s'\n--   most: BIGINT '7'\n-- columns:\n--   n: BIGINT\n",
    );
    await warehouse.refresh();
    expect(await own()).toMatchObject([{ name: 'gold_counted', problem: null, built: { rows: 1 } }]);
    expect(await metrics.read('gold_counted')).toMatchObject({ ...text, sql: counted, parameters });
  });

  test('need values and names', async () => {
    const { metrics } = await withMetric();
    const save = (sql: string) => metrics.save({ ...text, name: 'other', sql });
    await expect(save('SELECT $x AS x')).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
      message: /\$x has no value/,
    });
    await expect(save('SELECT ? AS x')).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
  });

  test('a change of a default alone builds the metric again', async () => {
    const { warehouse, workspace, metrics, rows, console } = await withMetric();
    await writeEvents(workspace, [{ at: '2025-01-08 10:00:00', event: 'share', user: 3 }], 'r2');
    await warehouse.refresh();
    const { text: replaces } = await metrics.read('gold_counted');
    const share = { ...parameters, event: { type: 'VARCHAR', value: 'share' } } as const;
    await metrics.edit({ model: 'gold_counted', replaces, ...text, sql: counted, parameters: share });
    await warehouse.refresh();
    const { result } = await console.run('tab', 'FROM gold_counted');
    expect(await rows(result?.resultId ?? '')).toEqual([[1n]]);
  });

  test.each([
    ['a missing default', 'SELECT $x AS x', /its parameter \$x has no default/],
    ['a default that is SQL', '-- parameters:\n--   x: (SELECT 1)\nSELECT $x AS x', /its parameter \$x has no default/],
  ])('with %s are named at a refresh', async (_, sql, message) => {
    const { workspace, warehouse } = await openConsole();
    await mkdir(workspace.modelsFolder, { recursive: true });
    await writeFile(path.join(workspace.modelsFolder, 'broken.sql'), sql);
    expect((await warehouse.refresh()).notices).toEqual([expect.stringMatching(message)]);
  });

  test.each([
    ['7', [[7]]],
    ["'a''b'", [["a'b"]]],
    ['TRUE', [[true]]],
    ["DATE '2025-01-06'", [[Date.UTC(2025, 0, 6)]]],
  ])('may be written by hand: %s', async (written, expected) => {
    const { workspace, warehouse, console, rows } = await openConsole();
    await mkdir(workspace.modelsFolder, { recursive: true });
    const sql = `-- parameters:\n--   größe: ${written}\nSELECT $größe AS x -- not $other`;
    await writeFile(path.join(workspace.modelsFolder, 'hand.sql'), sql);
    expect((await warehouse.refresh()).notices).toEqual([]);
    const { result } = await console.run('tab', 'FROM gold_hand');
    const [[value] = []] = await rows(result?.resultId ?? '');
    expect([[value instanceof Date ? value.getTime() : value]]).toEqual(expected);
  });
});

describe('editing', () => {
  test('keeps what was written by hand in the header', async () => {
    const { workspace, warehouse, metrics, read } = await withMetric();
    const file = path.join(workspace.modelsFolder, 'mine.sql');
    const before =
      '-- Ask Ada before you change this.\n-- kind: view\n-- columns:\n--   n: the number of events\nSELECT count(*) AS n FROM silver_events';
    await writeFile(file, before);
    const sql = 'SELECT count(*) AS n, 1 AS one FROM bronze_events';
    await metrics.edit({ model: 'gold_mine', replaces: before, summary: 'Mine.', grain: '', sql, parameters: {} });
    expect(await read('mine.sql')).toBe(
      '-- name: gold_mine\n-- Ask Ada before you change this.\n-- kind: view\n-- grain: not stated\n' +
        '-- depends on: bronze_events\n-- columns:\n--   n: the number of events\n--   one: INTEGER\n-- summary: Mine.\n' +
        `${sql};\n`,
    );
    expect((await warehouse.refresh()).notices).toEqual([]);
  });

  test('refuses SQL that is wrong, and a file that was changed meanwhile', async () => {
    const { metrics, read } = await withMetric();
    const { text: replaces } = await metrics.read('gold_counted');
    const edit = (sql: string, from = replaces) =>
      metrics.edit({ model: 'gold_counted', replaces: from, ...text, sql, parameters: {} });
    await expect(edit('SELECT nope FROM silver_events')).rejects.toMatchObject({ code: 'SQL_ERROR' });
    await expect(edit('SELECT 1 AS x', 'other')).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
    expect(await read('counted.sql')).toBe(replaces);
  });
});

describe('a name', () => {
  test('changes with the file, and the old table goes with the next refresh', async () => {
    const { warehouse, workspace, metrics, own } = await withMetric();
    await warehouse.refresh();
    await metrics.rename('gold_counted', 'renamed');
    expect((await own()).map(({ name }) => name)).toEqual(['gold_renamed']);
    expect(await readdir(workspace.modelsFolder)).toEqual(['renamed.sql']);
    await warehouse.refresh();
    const tables = await warehouse.console.run(
      'tab',
      "SELECT 1 FROM duckdb_tables() WHERE table_name = 'gold_counted'",
    );
    expect(tables.result?.rows).toBe(0);
    expect(await own()).toMatchObject([{ name: 'gold_renamed', built: { rows: 1 } }]);
    await metrics.rename('gold_renamed', 'counted');
    expect(
      (await own()).map(({ name }) => name),
      'back again',
    ).toEqual(['gold_counted']);
  });

  test('that is taken or read by others stays', async () => {
    const { metrics } = await withMetric();
    for (const name of ['counted', 'top_teams', 'gold_top_teams', 'con']) {
      await expect(metrics.rename('gold_counted', name)).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
    }
    expect(await metrics.duplicate('gold_counted', 'copy')).toBe('models/copy.sql');
    await metrics.save({ ...text, name: 'reader', sql: 'SELECT count(*) AS n FROM bronze_events' });
    const { text: replaces } = await metrics.read('gold_reader');
    await expect(metrics.rename('gold_top_teams', 'mine')).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
    expect(replaces).toContain('-- depends on: bronze_events');
  });

  test('is not changed while another model of the user reads it', async () => {
    const { workspace, metrics } = await withMetric();
    await writeFile(path.join(workspace.modelsFolder, 'reader.sql'), 'SELECT * FROM gold_counted');
    await expect(metrics.rename('gold_counted', 'renamed')).rejects.toMatchObject({
      message: 'gold_counted is read by gold_reader.',
    });
    expect((await metrics.remove('gold_counted')).readBy).toEqual(['gold_reader']);
  });
});

test('a deleted metric comes back as it was, but never over another', async () => {
  const { warehouse, workspace, metrics, read, own } = await withMetric();
  const before = await read('counted.sql');
  const { id } = await metrics.remove('gold_counted');
  expect(await own()).toEqual([]);
  expect((await warehouse.refresh()).notices).toEqual([]);
  await metrics.restore(id);
  expect(await read('counted.sql')).toBe(before);
  await expect(metrics.restore(id)).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });

  const again = await metrics.remove('gold_counted');
  await writeFile(path.join(workspace.modelsFolder, 'counted.sql'), 'SELECT 1 AS x');
  await expect(metrics.restore(again.id)).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
  expect(await read('counted.sql')).toBe('SELECT 1 AS x');
  await expect(metrics.restore('1-../x.sql')).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
});

test('the start for clean metrics leaves out duplicates and malformed JSON, week by week', async () => {
  const workspace = await temporaryWorkspace();
  const row = { at: '2025-01-06 10:00:00', user: 1, team: 1, event: 'search', properties: '{"platform":"web"}' };
  await writeEvents(workspace, [row, row, { ...row, user: 2 }, { ...row, user: 3, properties: '{"platf' }]);
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  await warehouse.refresh();
  expect(await warehouse.ownMetrics.addStarter('clean_weekly_activity')).toBe('gold_clean_weekly_activity');
  await expect(warehouse.ownMetrics.addStarter('clean_weekly_activity')).rejects.toMatchObject({
    code: 'INVALID_OPTIONS',
  });
  const rowsOf = async (sql: string) => {
    expect((await warehouse.refresh()).notices).toEqual([]);
    return (await warehouse.console.run('tab', sql)).result?.rows;
  };
  const expected = (week: string, events: number) =>
    `SELECT 1 FROM gold_clean_weekly_activity WHERE week = '${week}' AND events = ${events} AND teams = 1`;
  expect(await rowsOf(expected('2025-01-06', 2))).toBe(1);
  await writeEvents(workspace, [{ ...row, at: '2025-01-13 10:00:00', properties: '' }], 'r2');
  expect(await rowsOf(expected('2025-01-13', 1))).toBe(1);
  expect((await warehouse.models()).find(({ name }) => name === 'gold_clean_weekly_activity')).toMatchObject({
    origin: 'user',
    kind: 'incremental',
    built: { rows: 2 },
  });
});

test('a default that is not of its type is refused, by saving and by editing', async () => {
  const { warehouse } = await openConsole();
  const metrics = warehouse.ownMetrics;
  const sql = 'SELECT $most AS n, $since AS since FROM silver_events';
  const defaults = (most: string, since = '2025-01-31') => ({
    most: { type: 'BIGINT', value: most } as const,
    since: { type: 'DATE', value: since } as const,
  });
  const refusal = (message: string, action: string) => ({ code: 'INVALID_OPTIONS', message, details: { action } });
  await expect(metrics.save({ name: 'm', ...text, sql, parameters: defaults('many') })).rejects.toMatchObject(
    refusal('The value of $most, “many”, is not an integer.', 'Enter an integer, such as 42, or choose another type.'),
  );
  await metrics.save({ name: 'm', ...text, sql, parameters: defaults('7') });
  const { text: replaces } = await metrics.read('gold_m');
  const edit = (values: ReturnType<typeof defaults>) =>
    metrics.edit({ model: 'gold_m', replaces, ...text, sql, parameters: values });
  await expect(edit(defaults('7', '2025-02-30'))).rejects.toMatchObject(
    refusal(
      'The value of $since, “2025-02-30”, is not a date.',
      'Enter a date, such as 2025-01-31, or choose another type.',
    ),
  );
  await expect(edit(defaults(' '))).rejects.toMatchObject({ message: '$most has no value.' });
  expect((await metrics.read('gold_m')).text, 'the file is as it was').toBe(replaces);
});

test('the text for clusters moves with its metric', async () => {
  const { workspace, metrics, read } = await withMetric();
  const own = 'SELECT 1 AS n';
  await writeFile(path.join(workspace.modelsFolder, 'counted.trino.sql'), own);
  await metrics.rename('gold_counted', 'renamed');
  expect(await read('renamed.trino.sql')).toBe(own);
  const { id } = await metrics.remove('gold_renamed');
  expect((await readdir(workspace.modelsFolder)).filter((name) => name.endsWith('.sql'))).toEqual([]);
  await metrics.restore(id);
  expect(await read('renamed.trino.sql')).toBe(own);
});
