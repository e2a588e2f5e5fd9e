import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { onTestFinished } from 'vitest';
import { quoteText } from '../sql/quote';
import type { Workspace } from '../workspace';

/** One row of a Parquet file, with any values that bronze may meet. */
export interface RawEvent {
  readonly at: string | null;
  readonly user: number | null;
  readonly team: number | null;
  readonly event: string;
  readonly properties: string | null;
}

/** Writes and removes single event files quickly: one DuckDB for all of them. */
export class HandMadeEvents {
  private constructor(
    private readonly workspace: Workspace,
    private readonly connection: DuckDBConnection,
  ) {}

  static async open(workspace: Workspace): Promise<HandMadeEvents> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const connection = await instance.connect();
    onTestFinished(() => {
      connection.closeSync();
      instance.closeSync();
    });
    return new HandMadeEvents(workspace, connection);
  }

  /** Writes (or rewrites) `events-<name>.parquet` of a day. */
  async write(date: string, name: string, events: readonly RawEvent[]): Promise<void> {
    const folder = path.join(this.workspace.eventsFolder, `date=${date}`);
    await mkdir(folder, { recursive: true });
    await this.connection.run(
      `COPY (
         SELECT CAST(e->>'at' AS TIMESTAMP) AS event_time, CAST(e->>'user' AS BIGINT) AS user_id,
           CAST(e->>'team' AS BIGINT) AS team_id, e->>'event' AS event_name, e->>'properties' AS properties
         FROM (SELECT unnest(CAST($events AS JSON[])) AS e)
       ) TO ${quoteText(path.join(folder, `events-${name}.parquet`))} (FORMAT parquet)`,
      { events: JSON.stringify(events) },
    );
  }

  /** Files as `[date, name]`, in order. */
  async list(): Promise<[date: string, name: string][]> {
    const files: [string, string][] = [];
    const folders: string[] = await readdir(this.workspace.eventsFolder).catch(() => []);
    for (const folder of folders.toSorted()) {
      const names = await readdir(path.join(this.workspace.eventsFolder, folder));
      for (const name of names.toSorted())
        files.push([folder.slice('date='.length), name.slice(7, -'.parquet'.length)]);
    }
    return files;
  }

  async remove(date: string): Promise<void> {
    await rm(path.join(this.workspace.eventsFolder, `date=${date}`), { recursive: true, force: true });
  }

  async removeAll(): Promise<void> {
    await rm(this.workspace.eventsFolder, { recursive: true, force: true });
  }
}
