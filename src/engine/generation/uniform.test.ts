import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../testing/generation';
import { workspaceAt, type Workspace } from '../workspace';

/*
 * Checks the specification on real files. The seed is fixed, so chance plays no part: a fair draw violates the bounds
 * once in ten thousand times.
 */

const rows = 100_000;
const eventNames = [
  'page_view', 'button_click', 'form_submit', 'video_play', 'video_pause', 'add_to_cart', 'remove_from_cart',
  'checkout', 'purchase', 'sign_up', 'sign_in', 'sign_out', 'search', 'filter_apply', 'share',
]; // prettier-ignore
const keys = [
  'page_url', 'button_id', 'form_id', 'video_id', 'product_id', 'category', 'price', 'quantity', 'search_term',
  'filter_type', 'platform', 'browser', 'device_type', 'session_id',
]; // prettier-ignore

let folder: string;
let connection: DuckDBConnection;

async function ask(sql: string): Promise<Record<string, unknown>[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJS();
}

/** Chi-squared of counts that ought to be equal, divided by its degrees of freedom: close to 1 for a fair draw. */
async function unevenness(expression: string, groups: number): Promise<number> {
  const [row] = await ask(
    `SELECT sum((n - e) ** 2 / e) / (${groups} - 1) AS chi
     FROM (SELECT count(*) AS n FROM events GROUP BY ${expression}), (SELECT ${rows} / ${groups} AS e)`,
  );
  return Number(row?.['chi']);
}

async function load(workspace: Workspace): Promise<void> {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(
    `CREATE TABLE events AS FROM read_parquet('${workspace.eventsFolder}/date=*/events-*.parquet', filename = true)`,
  );
}

describe('the uniform profile', () => {
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'micro-warehouse-'));
    const workspace = workspaceAt(folder);
    await generate(workspace, { rows, profile: 'uniform', start: '2023-01-01', end: '2025-12-31' });
    await load(workspace);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('has the columns and types of the specification', async () => {
    expect(await ask(`SELECT column_name, column_type FROM (DESCRIBE events) WHERE column_name <> 'filename'`)).toEqual(
      [
        { column_name: 'event_time', column_type: 'TIMESTAMP' },
        { column_name: 'user_id', column_type: 'BIGINT' },
        { column_name: 'team_id', column_type: 'BIGINT' },
        { column_name: 'event_name', column_type: 'VARCHAR' },
        { column_name: 'properties', column_type: 'VARCHAR' },
        { column_name: 'date', column_type: 'DATE' },
      ],
    );
  });

  it('has every row on the day of its partition, and one file a day', async () => {
    const [row] = await ask(`SELECT count(*)::INT AS n, count(DISTINCT date)::INT AS days,
      count(DISTINCT filename)::INT AS files, bool_and(CAST(event_time AS DATE) = date) AS fits,
      count(*) - count(COLUMNS(* EXCLUDE filename)) AS "nulls_\\0" FROM events`);
    expect(row).toMatchObject({ n: rows, days: 1096, files: 1096, fits: true });
    for (const [name, value] of Object.entries(row ?? {})) if (name.startsWith('nulls_')) expect(value).toBe(0n);
  });

  it('draws each column evenly from its range', async () => {
    const [range] = await ask(`SELECT min(user_id)::INT AS u0, max(user_id)::INT AS u1, min(team_id)::INT AS t0,
      max(team_id)::INT AS t1 FROM events`);
    expect(range).toMatchObject({ t0: 1, t1: 1000 });
    expect(Number(range?.['u0'])).toBeGreaterThanOrEqual(1);
    expect(Number(range?.['u1'])).toBeLessThanOrEqual(100_000);
    expect(await unevenness('team_id', 1000)).toBeLessThan(1.2);
    expect(await unevenness('user_id // 101', 991)).toBeLessThan(1.25);
    expect(await unevenness('hour(event_time)', 24)).toBeLessThan(2.4);
    expect(await unevenness('millisecond(event_time) % 1000', 1000)).toBeLessThan(1.2);
    expect(await unevenness('event_name', 15)).toBeLessThan(2.8);
    const names = await ask('SELECT DISTINCT event_name AS name FROM events');
    expect(new Set(names.map(({ name }) => name))).toEqual(new Set(eventNames));
  });

  it('draws the columns independently of each other', async () => {
    const columns = ['user_id', 'team_id', 'epoch(event_time) % 86400', 'hash(event_name) % 997', 'length(properties)'];
    for (const [index, a] of columns.entries()) {
      for (const b of columns.slice(index + 1)) {
        const [row] = await ask(`SELECT corr(${a}, ${b}) AS c, corr((${a}) % 10, (${b}) % 10) AS d FROM events`);
        expect(Math.abs(Number(row?.['c']))).toBeLessThan(0.0125);
        expect(Math.abs(Number(row?.['d']))).toBeLessThan(0.0125);
      }
    }
  });

  it('gives every row a JSON object of two to five of the keys, each number and each set as likely', async () => {
    await connection.run(`CREATE TABLE objects AS SELECT properties, json_keys(properties) AS keys FROM events`);
    const [row] = await ask(`SELECT bool_and(json_valid(properties) AND json_type(properties) = 'OBJECT') AS valid,
      bool_and(len(keys) = len(list_distinct(keys))) AS once, min(len(keys))::INT AS least, max(len(keys))::INT AS most
      FROM objects`);
    expect(row).toEqual({ valid: true, once: true, least: 2, most: 5 });
    const used = await ask(
      `SELECT key, count(*)::INT AS n FROM (SELECT unnest(keys) AS key FROM objects) GROUP BY key`,
    );
    expect(new Set(used.map(({ key }) => key))).toEqual(new Set(keys));
    // A key is in a quarter of the objects: 2/14, 3/14, 4/14 or 5/14 of those with that many.
    for (const { n } of used) expect(Math.abs(Number(n) / rows - 0.25)).toBeLessThan(0.006);
    const [chi] = await ask(`SELECT sum((n - 25000) ** 2 / 25000) / 3 AS counts FROM
      (SELECT count(*) AS n FROM objects GROUP BY len(keys))`);
    expect(Number(chi?.['counts'])).toBeLessThan(7);
    const [sets] = await ask(
      `SELECT count(*)::INT AS sets FROM (SELECT DISTINCT keys FROM objects WHERE len(keys) <= 4)`,
    );
    expect(sets).toEqual({ sets: 91 + 364 + 1001 });
  });

  it('gives values that look like what they are called', async () => {
    const patterns: Record<string, RegExp> = {
      page_url: /^\/\w+\/\d+$/, product_id: /^product-\d{4}$/, category: /^[a-z]+$/, price: /^\d{1,3}(\.\d\d?)?$/,
      quantity: /^([1-9]|10)$/, search_term: /^[a-z]+ [a-z]+$/, platform: /^(web|ios|android|desktop)$/,
      device_type: /^(desktop|mobile|tablet)$/, session_id: /^[0-9a-f]+$/,
    }; // prettier-ignore
    for (const [key, pattern] of Object.entries(patterns)) {
      const values = await ask(`SELECT DISTINCT properties->>'${key}' AS value FROM events WHERE value IS NOT NULL`);
      for (const { value } of values) expect(value).toMatch(pattern);
    }
  });

  it('hardly ever repeats a row', async () => {
    const [row] = await ask(`SELECT count(*)::INT AS n FROM (SELECT DISTINCT * EXCLUDE filename FROM events)`);
    expect(row).toEqual({ n: rows });
  });
});
