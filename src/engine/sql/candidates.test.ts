import { DuckDBInstance } from '@duckdb/node-api';
import { expect, onTestFinished, test } from 'vitest';
import { nameFixIn } from './candidates';

/** The message with which a real DuckDB refuses a statement. */
async function messageOf(sql: string): Promise<string> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  onTestFinished(() => {
    connection.closeSync();
    instance.closeSync();
  });
  await connection.run('CREATE TABLE silver_events (event_name VARCHAR, team_id INTEGER, "Full Name" VARCHAR)');
  // DuckDB offers a name with a point only where no other is near.
  await connection.run('CREATE TABLE prices ("price.net" INTEGER)');
  await connection.run('CREATE TABLE sizes ("size 12"" wide" INTEGER, "size 12"" high" INTEGER)');
  await connection.run('CREATE TABLE "my table" (a INTEGER)');
  return connection.run(sql).then(
    () => '',
    (error: unknown) => (error instanceof Error ? error.message : ''),
  );
}

test.each([
  ['SELECT * FROM silver_event', 'silver_event', 'silver_events'],
  ['SELECT event_nme FROM silver_events', 'event_nme', 'event_name'],
  ['SELECT s.team FROM silver_events s', 'team', 'team_id'],
  ['SELECT silver_event.team_id FROM silver_events', 'silver_event', 'silver_events'],
  ['SELECT "Ful Name" FROM silver_events', 'Ful Name', 'Full Name'],
  ['SELECT "price.nett" FROM prices', 'price.nett', 'price.net'],
  ['SELECT "size 12"" wid" FROM sizes', 'size 12" wid', 'size 12" wide'],
  ['SELECT s."size 12"" wid" FROM sizes s', 'size 12" wid', 'size 12" wide'],
  ['SELECT * FROM "my tabel"', 'my tabel', 'my table'],
  ['SELECT "Evént Näme" FROM (SELECT 1 AS "Evént Name")', 'Evént Näme', 'Evént Name'],
  ['SELECT sums(team_id) FROM silver_events', 'sums', 'sum'],
  ['SELECT CAST(1 AS INTEGR)', 'INTEGR', 'INTEGER'],
  ["SELECT {'name': 1}.nme", 'nme', 'name'],
  ['INSERT INTO silver_events (team) VALUES (1)', 'team', 'team_id'],
  ['DROP TABLE silver_event', 'silver_event', 'silver_events'],
])('%s', async (sql, wrong, first) => {
  const fix = nameFixIn(await messageOf(sql));
  expect(fix).toMatchObject({ wrong });
  expect(fix?.candidates[0]).toBe(first);
});

test.each(['SELECT * FROM nothing_like_it', 'SELECT 1 FORM x', 'SELECT 1 / '])(
  'nothing is offered for %s',
  async (sql) => {
    const message = await messageOf(sql);
    expect(message).not.toBe('');
    expect(nameFixIn(message)).toBeUndefined();
  },
);
