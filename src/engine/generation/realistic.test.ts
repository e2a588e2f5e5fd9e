import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventNames, type EventName } from '../../contract/recipe';
import { workspaceAt } from '../workspace';
import { generate } from '../testing/generation';

/*
 * Checks on a million rows that the realistic profile looks like a real product. The seed is fixed, so chance plays no
 * part.
 */

let folder: string;
let connection: DuckDBConnection;

async function ask(sql: string): Promise<Record<string, unknown>[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJson();
}

async function scalar(sql: string): Promise<number> {
  const [row] = (await connection.runAndReadAll(sql)).getRowsJson();
  return Number(row?.[0]);
}

/** Properties that a session may have besides its id. */
const device = ['platform', 'browser', 'device_type'] as const;
const list = (names: readonly string[]) => `[${names.map((name) => `'${name}'`).join(', ')}]`;

describe('the realistic profile', () => {
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'micro-warehouse-'));
    const workspace = workspaceAt(folder);
    await generate(workspace, { rows: 1_000_000, start: '2023-01-01', end: '2025-12-31' });
    connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(
      `CREATE TABLE events AS SELECT *, properties->>'session_id' AS session
       FROM read_parquet('${workspace.eventsFolder}/date=*/events-*.parquet')`,
    );
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('has the columns, types and ranges of the specification', async () => {
    const columns = await ask(`SELECT column_name, column_type FROM (DESCRIBE events) WHERE column_name <> 'session'`);
    expect(columns.map((column) => Object.values(column).join(' '))).toEqual([
      'event_time TIMESTAMP',
      'user_id BIGINT',
      'team_id BIGINT',
      'event_name VARCHAR',
      'properties VARCHAR',
      'date DATE',
    ]);
    expect(await scalar('SELECT count(*) FROM events')).toBe(1_000_000);
    expect(await scalar('SELECT count(*) FROM events WHERE event_time::DATE <> date')).toBe(0);
    expect(await scalar('SELECT count(*) FROM events WHERE user_id NOT BETWEEN 1 AND 100000')).toBe(0);
    expect(await scalar('SELECT count(*) FROM events WHERE team_id NOT BETWEEN 1 AND 1000')).toBe(0);
    const names = await ask('SELECT DISTINCT event_name AS name FROM events');
    expect(new Set(names.map(({ name }) => name))).toEqual(new Set(eventNames));
  });

  it('gives each user one team', async () => {
    expect(await scalar('SELECT max(n) FROM (SELECT count(DISTINCT team_id) AS n FROM events GROUP BY user_id)')).toBe(1);
  });

  it('has teams and users of very different sizes, by a power law', async () => {
    const sizes = `SELECT ln(row_number() OVER (ORDER BY count(*) DESC)) AS rank, ln(count(*)) AS size FROM events GROUP BY team_id`;
    const slope = await scalar(`SELECT regr_slope(size, rank) FROM (${sizes} QUALIFY rank BETWEEN ln(3) AND ln(300))`);
    expect(slope).toBeLessThan(-0.8);
    expect(slope).toBeGreaterThan(-1.5);
    const share = await scalar(
      `SELECT sum(n) FILTER (place <= 0.1 * users) / sum(n) FROM (SELECT count(*) AS n,
       row_number() OVER (ORDER BY count(*) DESC) AS place, count(*) OVER () AS users FROM events GROUP BY user_id)`,
    );
    expect(share).toBeGreaterThan(0.25);
    const users = `SELECT ln(row_number() OVER (ORDER BY count(*) DESC)) AS rank, ln(count(*)) AS size FROM events GROUP BY user_id`;
    const ofUsers = await scalar(`SELECT regr_slope(size, rank) FROM (${users} QUALIFY rank BETWEEN ln(10) AND ln(20000))`);
    expect(ofUsers).toBeLessThan(-0.5);
    expect(ofUsers).toBeGreaterThan(-1.2);
  });

  it('has teams that sign up along the range, and teams that leave', async () => {
    const teams = `SELECT min(date) AS first, max(date) AS last, count(*) AS n FROM events GROUP BY team_id`;
    const late = await scalar(`SELECT count(*) FROM (${teams}) WHERE first >= '2024-01-01'`);
    expect(late).toBeGreaterThan(250);
    const gone = await scalar(`SELECT count(*) FROM (${teams}) WHERE last < '2025-07-01' AND n > 100`);
    expect(gone).toBeGreaterThan(50);
    const active = (year: number) => scalar(`SELECT count(DISTINCT team_id) FROM events WHERE year(date) = ${year}`);
    expect(await active(2025)).toBeGreaterThan(1.5 * (await active(2023)));
  });

  it('grows, dips at weekends, on holidays and at night', async () => {
    const rowsOf = (where: string) => scalar(`SELECT count(*) / count(DISTINCT date) FROM events WHERE ${where}`);
    expect(await rowsOf('year(date) = 2025')).toBeGreaterThan(1.5 * (await rowsOf('year(date) = 2023')));
    const weekend = (await rowsOf('isodow(date) >= 6')) / (await rowsOf('isodow(date) < 6'));
    expect(weekend).toBeGreaterThan(0.4);
    expect(weekend).toBeLessThan(0.65);
    expect(await rowsOf(`date = '2024-12-25'`)).toBeLessThan(0.5 * (await rowsOf(`date = '2024-12-18'`)));
    expect(await rowsOf(`date = '2024-11-29'`)).toBeGreaterThan(1.3 * (await rowsOf(`date = '2024-11-22'`)));
    const atHour = (hour: number) => scalar(`SELECT count(*) FROM events WHERE hour(event_time) = ${hour}`);
    expect(await atHour(3)).toBeLessThan(0.1 * (await atHour(10)));
  });

  it('has sessions: one user, device and platform each, sign_in first, in order', async () => {
    const mixed = `SELECT session FROM events GROUP BY session HAVING count(DISTINCT user_id) > 1
      OR count(DISTINCT date) > 1 OR count(DISTINCT properties->>'platform') > 1
      OR count(DISTINCT properties->>'browser') > 1 OR count(DISTINCT properties->>'device_type') > 1
      OR arg_min(event_name, event_time) <> 'sign_in'`;
    expect(await scalar(`SELECT count(*) FROM (${mixed})`)).toBe(0);
    expect(await scalar('SELECT count(*) / count(DISTINCT session) FROM events')).toBeGreaterThan(5);
    expect(await scalar('SELECT count(*) - count(DISTINCT (event_time, session)) FROM events')).toBe(0);
  });

  it('tells one story in a session: what was put into the cart is bought, what pauses was played, who signs out is gone', async () => {
    const other = (await scalar(`SELECT count(*) FROM (SELECT session, min(properties->>'product_id') FILTER (event_name = 'purchase') AS bought,
      list(properties->>'product_id') FILTER (event_name = 'add_to_cart') AS cart FROM events GROUP BY session)
      WHERE bought IS NOT NULL AND NOT list_contains(cart, bought)`));
    expect(other).toBe(0);
    const played = await scalar(`SELECT count(*) FROM (SELECT min(event_time) FILTER (event_name = 'video_pause') AS pause,
      min(event_time) FILTER (event_name = 'video_play') AS play FROM events GROUP BY session) WHERE pause IS NOT NULL AND NOT coalesce(play < pause, false)`);
    expect(played).toBe(0);
    expect(await scalar(`SELECT count(*) FROM (SELECT arg_max(event_name, event_time) AS last, bool_or(event_name = 'sign_out') AS leaves
      FROM events GROUP BY session) WHERE leaves AND last <> 'sign_out'`)).toBe(0);
  });

  it('has a funnel that only gets narrower, and step by step', async () => {
    const steps = ['search', 'page_view', 'add_to_cart', 'checkout', 'purchase'];
    const firsts = steps.map((step) => `min(event_time) FILTER (event_name = '${step}') AS ${step}`).join(', ');
    await connection.run(`CREATE TABLE funnel AS SELECT session, ${firsts} FROM events GROUP BY session`);
    const counts: number[] = [];
    for (const step of steps) counts.push(await scalar(`SELECT count(${step}) FROM funnel`));
    for (const [index, count] of counts.slice(1).entries()) expect(count).toBeLessThan(counts[index] ?? 0);
    for (const [index, step] of steps.slice(1).entries()) {
      const before = steps[index];
      const wrong = `SELECT count(*) FROM funnel WHERE ${step} IS NOT NULL AND (${before} IS NULL OR ${before} > ${step})`;
      expect(await scalar(wrong)).toBe(0);
    }
  });

  it('gives every row valid JSON of two to five keys that fit the event', async () => {
    await connection.run(`CREATE TABLE keyed AS SELECT event_name, properties, json_keys(properties) AS keys FROM events`);
    expect(await scalar('SELECT count(*) FROM keyed WHERE NOT json_valid(properties) OR len(keys) NOT BETWEEN 2 AND 5')).toBe(0);
    expect(await scalar('SELECT count(*) FROM keyed WHERE len(keys) <> len(list_distinct(keys))')).toBe(0);
    // Properties that an event always has, and those of its session that it may have; none of the other fourteen keys.
    const fits: Record<EventName, readonly [always: readonly string[], now_and_then: readonly string[]]> = {
      page_view: [['page_url'], device], button_click: [['button_id'], device], form_submit: [['form_id'], device],
      video_play: [['video_id'], device], video_pause: [['video_id'], device],
      add_to_cart: [['product_id', 'category', 'price'], ['platform']], remove_from_cart: [['product_id'], device],
      checkout: [['price', 'quantity'], ['platform']], purchase: [['product_id', 'price', 'quantity'], ['platform']],
      sign_up: [device, []], sign_in: [device, []], sign_out: [device, []],
      search: [['search_term'], device], filter_apply: [['category', 'filter_type'], ['platform']], share: [['page_url'], device],
    };
    for (const [event, [always, nowAndThen]] of Object.entries(fits)) {
      const [row] = await ask(`SELECT list_sort(list_distinct(flatten(list(keys)))) AS used,
        count(*) FILTER (NOT list_has_all(keys, ${list(['session_id', ...always])})) AS lacking FROM keyed WHERE event_name = '${event}'`);
      expect(row, event).toEqual({ used: ['session_id', ...always, ...nowAndThen].toSorted(), lacking: '0' });
    }
  });
}); // prettier-ignore
