import { mkdir } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { quoteText } from '../sql/quote';
import type { Workspace } from '../workspace';

/** One event per item; the defaults are a page view of user 1 in team 1. */
export interface HandMadeEvent {
  readonly at: string;
  readonly user?: number | null;
  readonly team?: number;
  readonly event?: string;
  readonly properties?: string;
}

/** Writes events as a run of Generate would: one file per day, named after `run`. */
export async function writeEvents(workspace: Workspace, events: readonly HandMadeEvent[], run = 'r1'): Promise<void> {
  await mkdir(workspace.eventsFolder, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    `COPY (
       SELECT
         CAST(event->>'at' AS TIMESTAMP) AS event_time,
         CAST(event->>'user' AS BIGINT) AS user_id,
         CAST(event->>'team' AS BIGINT) AS team_id,
         event->>'event' AS event_name,
         event->>'properties' AS properties,
         CAST(event->>'at' AS DATE) AS date
       FROM (SELECT unnest(CAST($events AS JSON[])) AS event)
       ORDER BY event_time
     ) TO ${quoteText(workspace.eventsFolder)} (FORMAT parquet, PARTITION_BY (date), FILENAME_PATTERN 'events-${run}-', OVERWRITE_OR_IGNORE)`,
    { events: JSON.stringify(events.map(withDefaults)) },
  );
  connection.closeSync();
  instance.closeSync();
}

function withDefaults(event: HandMadeEvent): HandMadeEvent {
  return { user: 1, team: 1, event: 'page_view', properties: '{"page_url":"/","browser":"Firefox"}', ...event };
}
