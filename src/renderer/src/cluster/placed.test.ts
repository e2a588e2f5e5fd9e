import { describe, expect, test } from 'vitest';
import { placed } from './placed';

const onCluster = { rows: 3, refreshId: 1, changedAt: null };
const models = [
  { name: 'bronze_events', onCluster },
  { name: 'gold_daily_revenue', onCluster: null },
];
const texts = { sql: 'SELECT duckdb', trinoSql: 'SELECT trino' };

describe('a statement of the app', () => {
  test('runs on the cluster, in Trino SQL, if a model that it reads is only there', () => {
    expect(placed(texts, ['gold_daily_revenue', 'bronze_events'], models)).toEqual({
      on: 'cluster',
      sql: 'SELECT trino',
    });
    expect(placed({ sql: 'SELECT both', trinoSql: null }, ['bronze_events'], models)).toEqual({
      on: 'cluster',
      sql: 'SELECT both',
    });
  });

  test('runs here if everything that it reads came home', () => {
    expect(placed(texts, ['gold_daily_revenue', 'refresh_days'], models)).toEqual({
      on: 'local',
      sql: 'SELECT duckdb',
    });
  });
});
