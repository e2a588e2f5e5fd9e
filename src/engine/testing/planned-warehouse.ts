import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { onTestFinished } from 'vitest';
import type { Recipe } from '../../contract/recipe';
import { planDays } from '../generation/plan/plan';
import { quoteText } from '../sql/quote';

/**
 * A database with the counts of days that a recipe plans, and no events: all that the proofs of volumes read, at any
 * number of rows.
 */
export async function plannedWarehouse(recipe: Recipe): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  onTestFinished(() => {
    connection.closeSync();
    instance.closeSync();
  });
  const days = planDays(recipe).map(({ date, rows }) => `(DATE ${quoteText(date)}, ${rows}, ${rows})`);
  await connection.run(
    `CREATE TABLE refresh_days AS FROM (VALUES ${days.join(', ')}) AS days(date, bronze_rows, silver_rows);
     CREATE TABLE silver_team_months (team_id BIGINT, month DATE, events BIGINT)`,
  );
  return connection;
}
