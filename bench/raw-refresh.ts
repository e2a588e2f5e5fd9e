import { mkdirSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

/** The specification's SQL and export, typed into DuckDB as a person would: no checks, no log, no transaction. */
async function main(folder: string): Promise<void> {
  process.chdir(folder);
  mkdirSync('exports', { recursive: true });
  const instance = await DuckDBInstance.create('raw.duckdb');
  const connection = await instance.connect();
  await connection.run(`
    CREATE VIEW bronze_events AS SELECT * FROM read_parquet('data/events/date=*/events-*.parquet');
    CREATE VIEW silver_events AS SELECT CAST(event_time AS TIMESTAMP) AS event_time, user_id, team_id, event_name,
      NULLIF(properties, '') AS properties FROM bronze_events WHERE user_id IS NOT NULL;
    CREATE TABLE gold_weekly_active_teams AS SELECT date_trunc('week', event_time) AS week,
      COUNT(DISTINCT team_id) AS weekly_active_teams FROM silver_events GROUP BY 1 ORDER BY 1;
    COPY gold_weekly_active_teams TO 'exports/raw.parquet' (FORMAT parquet);
    CREATE TABLE counts AS SELECT (SELECT count(*) FROM bronze_events) AS bronze, (SELECT count(*) FROM silver_events) AS silver;
  `);
  connection.closeSync();
  instance.closeSync();
}

const [folder = ''] = process.argv.slice(2);
void main(folder);
