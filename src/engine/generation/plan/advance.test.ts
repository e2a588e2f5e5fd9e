import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it, onTestFinished } from 'vitest';
import { addDays } from '../../../contract/calendar';
import { parseRecipe, formatRecipe } from '../../../contract/recipe-line';
import { seededRandom } from '../../testing/seeded-random';
import { temporaryWorkspace } from '../../testing/temporary-workspace';
import type { Workspace } from '../../workspace';
import { advanceRequest, continueRecipe } from './advance';
import { pastRun } from './facts';
import { parquetRowCount } from '../../events/parquet-row-count';
import { checksums, filesBelow, generate, generateRequest, logEntryOf } from '../../testing/generation';

const range = { rows: 100_000, start: '2024-01-01', end: '2024-12-31', users: 3_000, teams: 100 };

async function advance(workspace: Workspace, days: number): Promise<void> {
  await generateRequest(workspace, await advanceRequest(workspace, days));
}

async function ask(workspace: Workspace, sql: string): Promise<number> {
  const instance = await DuckDBInstance.create(':memory:');
  onTestFinished(() => instance.closeSync());
  const connection = await instance.connect();
  await connection.run(`CREATE VIEW events AS FROM read_parquet('${workspace.eventsFolder}/date=*/events-*.parquet')`);
  return Number((await connection.runAndReadAll(sql)).getRowsJson()[0]?.[0]);
}

it('appends the next days, on which the same teams and users live on', async () => {
  const workspace = await temporaryWorkspace();
  await generate(workspace, range);
  await advance(workspace, 1);
  await advance(workspace, 14);
  expect((await readdir(workspace.eventsFolder)).at(-1)).toBe('date=2025-01-15');
  expect(await filesBelow(workspace.eventsFolder)).toHaveLength(366 + 15);
  const teams = `SELECT count(DISTINCT team_id) FROM events WHERE date >= '2025-01-01'`;
  const known = `${teams} AND team_id IN (SELECT team_id FROM events WHERE date < '2025-01-01')`;
  // Some sign up on the new days.
  expect(await ask(workspace, known)).toBeGreaterThan(0.9 * (await ask(workspace, teams)));
  expect(await ask(workspace, 'SELECT max(n) FROM (SELECT count(DISTINCT team_id) AS n FROM events GROUP BY user_id)')).toBe(1);
  const before = await ask(workspace, `SELECT count(*) / 14 FROM events WHERE date BETWEEN '2024-12-05' AND '2024-12-18'`);
  const after = await ask(workspace, `SELECT count(*) / 14 FROM events WHERE date BETWEEN '2025-01-02' AND '2025-01-15'`);
  expect(after / before).toBeGreaterThan(0.85);
  expect(after / before).toBeLessThan(1.2);
  const repeated = `SELECT count(*) FROM (SELECT properties->>'session_id' AS s FROM events GROUP BY s HAVING count(DISTINCT date) > 1)`;
  expect(await ask(workspace, repeated)).toBe(0);
}); // prettier-ignore

it('is a recipe like any other: its line gives the same days again', async () => {
  const [first, second] = [await temporaryWorkspace(), await temporaryWorkspace()];
  await generate(first, range);
  const request = await advanceRequest(first, 3);
  await generateRequest(second, { ...request, recipe: parseRecipe(formatRecipe(request.recipe)), workers: 3 });
  await generateRequest(first, request);
  const sums = await checksums(first);
  expect(Object.entries(await checksums(second))).toEqual(Object.entries(sums).slice(-3));
});

it('needs something to go on with', async () => {
  await expect(advanceRequest(await temporaryWorkspace(), 1)).rejects.toMatchObject({ code: 'NO_EVENTS' });
});

it('the parts of a recipe together are the whole, byte for byte', async () => {
  const whole = await temporaryWorkspace();
  await generate(whole, range);
  const parts = await temporaryWorkspace();
  let rows = 0;
  for (const part of [3, 1, 2]) rows += (await generate(parts, { ...range, workers: 2, shard: { part, of: 3 } })).rows;
  expect(rows).toBe(range.rows);
  expect(await checksums(parts)).toEqual(await checksums(whole));
  const nothing = await generate(await temporaryWorkspace(), { rows: 1, shard: { part: 2, of: 2 } });
  expect(nothing).toMatchObject({ status: 'succeeded', rows: 0, files: 0 });
});

it('lists only the facts of the days that a run writes', () => {
  const planted = 'mw1 realistic launch=2024-03-01*2 outage=2024-05-15 schema-drift=2024-04-01*0.1';
  const whole = logEntryOf('a', parseRecipe(planted));
  expect(pastRun(whole).facts.map(({ date }) => date)).toEqual(['2024-03-01', '2024-05-15', '2024-04-01']);
  const next = logEntryOf('b', continueRecipe(whole.request.recipe, [whole], '2026-01-01', 1));
  // The drift continues; launch and outage were earlier.
  expect(pastRun(next).facts).toEqual([
    { kind: 'mess', date: null, label: 'Schema drift', text: '10% of rows have the unknown key app_version' },
  ]);
  const shares = [1, 2, 3].map(
    (part) => pastRun({ ...whole, request: { ...whole.request, shard: { part, of: 3 } } }).facts,
  );
  expect(shares.flat().filter(({ kind }) => kind === 'outage')).toHaveLength(1);
  expect(shares.flat().filter(({ kind }) => kind === 'launch')).toHaveLength(1);
});

it('goes on after the last day that has events, and not beyond the calendar', async () => {
  const workspace = await temporaryWorkspace();
  await generate(workspace, range);
  await mkdir(path.join(workspace.eventsFolder, 'date=2030-02-30'));
  await mkdir(path.join(workspace.eventsFolder, 'date=2031-01-01'));
  const { recipe } = await advanceRequest(workspace, 2);
  expect(recipe).toMatchObject({ start: addDays(range.end, 1), end: addDays(range.end, 2) });
  await mkdir(path.join(workspace.eventsFolder, 'date=9999-12-31'));
  await writeFile(path.join(workspace.eventsFolder, 'date=9999-12-31', 'events-x.parquet'), '');
  await expect(advanceRequest(workspace, 1)).rejects.toMatchObject({
    code: 'INVALID_OPTIONS',
    message: expect.stringContaining('9999-12-31'),
  });
});

it('names the facts of a run', () => {
  const run = logEntryOf('a', parseRecipe('mw1 realistic outage=2024-05-15 duplicates=0.01'));
  expect(pastRun(run)).toMatchObject({
    recipeLine: expect.stringContaining('outage=2024-05-15'),
    facts: [
      { kind: 'outage', date: '2024-05-15', label: 'Outage' },
      { kind: 'mess', date: null, label: 'Mess', text: '1% of rows are exact duplicates' },
    ],
  });
});

describe('days without events do not move the next days', () => {
  it.each([
    ['an empty folder', (folder: string) => mkdir(folder)],
    [
      'a folder with another file',
      async (folder: string) => {
        await mkdir(folder);
        await writeFile(path.join(folder, 'note.txt'), 'no events');
      },
    ],
    [
      'a file without rows',
      async (folder: string) => {
        await mkdir(folder);
        const instance = await DuckDBInstance.create(':memory:');
        const connection = await instance.connect();
        await connection.run(`COPY (SELECT 1 AS user_id LIMIT 0) TO '${path.join(folder, 'events-x.parquet')}'`);
        connection.closeSync();
        instance.closeSync();
      },
    ],
  ])('%s', async (_, make) => {
    const workspace = await temporaryWorkspace();
    await generate(workspace, { ...range, rows: 500, end: '2024-01-10' });
    await make(path.join(workspace.eventsFolder, 'date=2030-01-01'));
    expect((await advanceRequest(workspace, 1)).recipe.start).toBe('2024-01-11');
  });
});

it('the rows of a Parquet file are those that DuckDB counts, and nothing for what is none', async () => {
  const { folder } = await temporaryWorkspace();
  const instance = await DuckDBInstance.create(':memory:');
  onTestFinished(() => instance.closeSync());
  const connection = await instance.connect();
  const file = path.join(folder, 'a.parquet');
  for (const rows of [0, 1, 127, 128, 20_000]) {
    const columns = `i, {'a': [i], 'b': MAP {'k': i::DECIMAL(9, 2)}} AS nested, NULL::TIMESTAMPTZ AS at, uuid() AS id`;
    await connection.run(`COPY (SELECT ${columns} FROM range(${rows}) t(i)) TO '${file}' (ROW_GROUP_SIZE 4096)`);
    expect(await parquetRowCount(file)).toBe(rows);
  }
  const random = seededRandom('damaged footers');
  const whole = await readFile(file);
  for (let number = 0; number < 200; number += 1) {
    const bytes = Buffer.from(whole);
    for (let changed = 0; changed < 8; changed += 1) bytes[bytes.length - 1 - random.below(4_000)] = random.below(256);
    await writeFile(file, random.below(4) === 0 ? bytes.subarray(0, random.below(bytes.length)) : bytes);
    const rows = await parquetRowCount(file);
    expect(rows === null || Number.isInteger(rows), `case ${number} of TEST_SEED=${random.seed}`).toBe(true);
  }
});
