import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { describe, expect, it, onTestFinished } from 'vitest';
import { recipeSchema } from '../../contract/recipe';
import { temporaryWorkspace } from '../testing/temporary-workspace';
import { generate, type TestRun } from '../testing/generation';

/** Generates events and returns a function that queries `events`. */
async function questions(run: TestRun): Promise<(sql: string) => Promise<number>> {
  const workspace = await temporaryWorkspace();
  await generate(workspace, run);
  const instance = await DuckDBInstance.create(':memory:');
  const connection: DuckDBConnection = await instance.connect();
  onTestFinished(() => instance.closeSync());
  await connection.run(`CREATE TABLE events AS FROM read_parquet('${workspace.eventsFolder}/date=*/events-*.parquet')`);
  return async (sql) => Number((await connection.runAndReadAll(sql)).getRowsJson()[0]?.[0]);
}

const rows = 100_000;
const range = { start: '2024-01-01', end: '2024-06-30', rows };
const mess = (rates: object) => recipeSchema.shape.mess.parse(rates);

describe.each(['realistic', 'uniform'] as const)('the mess of the %s profile', (profile) => {
  it('comes at its rates, and in the number of rows that was asked for', async () => {
    const rates = { nullUsers: 0.05, emptyProperties: 0.04, duplicates: 0.03, lateEvents: 0.06, malformedJson: 0.02 };
    const drift = { schemaDrift: { date: '2024-04-01', rate: 0.3 } };
    const ask = await questions({ profile, ...range, mess: mess({ ...rates, ...drift }) });
    const share = async (where: string, of = '') =>
      (await ask(`SELECT count(*) FILTER (${where}) FROM events ${of}`)) / (await ask(`SELECT count(*) FROM events ${of}`));
    expect(await ask('SELECT count(*) FROM events')).toBe(rows);
    expect(await share('user_id IS NULL')).toBeCloseTo(0.05, 2);
    expect(await share(`properties = ''`)).toBeCloseTo(0.04, 2);
    expect(await share('event_time::DATE < date')).toBeCloseTo(0.06, 2);
    expect(await share('event_time::DATE > date')).toBe(0);
    expect(await share(`properties <> '' AND NOT json_valid(properties)`)).toBeCloseTo(0.02, 2);
    const drifted = `properties LIKE '%app_version%'`;
    expect(await share(drifted, `WHERE date < '2024-04-01'`)).toBe(0);
    expect(await share(drifted, `WHERE date >= '2024-04-01'`)).toBeCloseTo(0.3 * 0.94, 1);
    const distinct = await ask('SELECT count(*) FROM (SELECT DISTINCT * FROM events)');
    expect((rows - distinct) / rows).toBeCloseTo(0.03, 2);
    expect(await ask(`SELECT (max(date - event_time::DATE))::INTEGER FROM events`)).toBeLessThanOrEqual(7);
    expect(await ask(`SELECT count(*) FROM events WHERE event_time < '2024-01-01'`)).toBe(0);
  });
}); // prettier-ignore

describe('planted facts', () => {
  it('show: a launch, an outage, and a month of teams that is gone', async () => {
    const planted = recipeSchema.shape.planted.parse({
      launch: { date: '2024-03-04', factor: 2 },
      outage: { date: '2024-05-15' },
      churn: { signedUp: '2024-02', date: '2024-05-01' },
    });
    // Few teams, so that each has events soon after it has signed up.
    const few = { ...range, users: 3_000, teams: 90 };
    const plain = await questions(few);
    const ask = await questions({ ...few, planted });
    const perDay = (from: string, to: string) => `SELECT count(*) FROM events WHERE date BETWEEN '${from}' AND '${to}'`;
    const step = (await ask(perDay('2024-03-04', '2024-03-10'))) / (await ask(perDay('2024-02-26', '2024-03-03')));
    const usual = (await plain(perDay('2024-03-04', '2024-03-10'))) / (await plain(perDay('2024-02-26', '2024-03-03')));
    expect(step / usual).toBeGreaterThan(1.7);
    expect(await ask(perDay('2024-05-15', '2024-05-15'))).toBeLessThan(0.1 * (await ask(perDay('2024-05-14', '2024-05-14'))));
    const cohort = `SELECT count(*) FILTER (last < '2024-05-01') / count(*) FROM (SELECT min(date) AS first, max(date) AS last,
      count(*) AS n FROM events GROUP BY team_id) WHERE first BETWEEN '2024-02-03' AND '2024-02-27' AND n > 10`;
    expect(await ask(cohort)).toBeGreaterThan(0.8);
    expect(await plain(cohort)).toBeLessThan(0.6);
  });

  it('weigh events', async () => {
    for (const profile of ['realistic', 'uniform'] as const) {
      const weights = { purchase: 3, share: 0 };
      const [plain, ask] = [await questions({ ...range, profile }), await questions({ ...range, profile, weights })];
      const count = (name: string) => `SELECT count(*) FROM events WHERE event_name = '${name}'`;
      expect(await ask(count('share'))).toBe(0);
      expect((await ask(count('purchase'))) / (await plain(count('purchase')))).toBeGreaterThan(2.3);
    }
  });
}); // prettier-ignore
