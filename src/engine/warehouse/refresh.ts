import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { AppError, cancelled, toAppError } from '../../contract/app-error';
import type { RefreshLogEntry, RefreshStep } from '../../contract/warehouse';
import { systemError } from '../system-error';
import type { Workspace } from '../workspace';
import type { EventFile } from './event-files';
import { listEventFiles } from './event-files';
import { writeExports } from './exports';
import type { ModelFile } from './model-file';
import { createStatement } from './models';
import { sum } from './partitions';
import { appendRefreshLog, nextRefreshId, writeManifest } from './refresh-log';
import { countSchema, readRow } from './read-rows';
import { quoteIdentifier } from './sql-text';
import { StepList } from './refresh-steps';

export interface RefreshOptions {
  readonly onSteps?: (steps: RefreshStep[]) => void;
  readonly signal?: AbortSignal | undefined;
}

interface RefreshTask extends RefreshOptions {
  readonly workspace: Workspace;
  readonly models: readonly ModelFile[];
  readonly connection: DuckDBConnection;
}

/**
 * Builds the models over the Parquet files and exports gold, in one transaction: other connections see the old state
 * until it commits, and go on seeing it when it fails. Every refresh, failed ones too, becomes a row of `refresh_log`.
 * @throws AppError NO_EVENTS, PARQUET_DAMAGED, DISK_FULL, CANCELLED and what else DuckDB may meet
 */
export async function refresh(task: RefreshTask): Promise<RefreshLogEntry> {
  const { connection, workspace, signal } = task;
  const startedAt = new Date().toISOString();
  const files = await listEventFiles(workspace);
  const refreshId = await nextRefreshId(connection);
  const base = { refreshId, startedAt, files: files.length, bytes: sum(files.map((file) => file.bytes)) };
  const interrupt = () => connection.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    if (files.length === 0) throw noEvents(workspace);
    return await buildAndCommit(task, files, base);
  } catch (error) {
    const reason = signal?.aborted ? cancelled('The refresh') : refreshError(error, workspace);
    await connection.run('ROLLBACK').catch(() => undefined);
    const status = reason.code === 'CANCELLED' ? 'cancelled' : 'failed';
    const finishedAt = new Date().toISOString();
    // The reason for the failure matters more to the user than a log that can't be written for the same reason.
    await appendRefreshLog(connection, {
      ...base,
      finishedAt,
      status,
      modelRows: null,
      exports: [],
      error: reason.toReport(),
    }).catch(() => undefined);
    throw reason;
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
}

type EntryStart = Pick<RefreshLogEntry, 'refreshId' | 'startedAt' | 'files' | 'bytes'>;

async function buildAndCommit(
  { connection, workspace, models, onSteps, signal }: RefreshTask,
  files: readonly EventFile[],
  base: EntryStart,
): Promise<RefreshLogEntry> {
  const gold = models.filter((model) => model.layer === 'gold').map(({ name }) => name);
  const steps = new StepList([...models.map(({ name }) => name), 'exports'], onSteps);
  const modelRows: Record<string, number> = {};
  await connection.run('BEGIN');
  for (const model of models) {
    await steps.run(model.name, async () => {
      if (signal?.aborted) throw cancelled();
      await connection.run(createStatement(model, workspace));
      return (modelRows[model.name] = await countRows(model.name, connection));
    });
  }
  const pending = await steps.run('exports', () => writeExports(gold, workspace, connection));
  try {
    if (signal?.aborted) throw cancelled();
    const entry: RefreshLogEntry = {
      ...base,
      finishedAt: new Date().toISOString(),
      status: 'succeeded',
      modelRows,
      exports: gold.map((name) => `exports/${name}.parquet`),
    };
    await writeManifest(connection, files);
    await appendRefreshLog(connection, entry);
    await connection.run('COMMIT');
    await pending.publish();
    return entry;
  } catch (error) {
    await pending.discard();
    throw error;
  }
}

async function countRows(model: string, connection: DuckDBConnection): Promise<number> {
  const sql = `SELECT count(*) AS rows FROM ${quoteIdentifier(model)}`;
  return (await readRow(connection, sql, z.object({ rows: countSchema }))).rows;
}

function noEvents(workspace: Workspace): AppError {
  return new AppError('NO_EVENTS', `There are no events in ${workspace.eventsFolder} yet.`, {
    action: 'Generate some first, then refresh.',
  });
}

/** DuckDB names the Parquet file that it could not read, in quotes, at differing places of its messages. */
const parquetFileInMessage = /['"](?<file>[^'"]+\.parquet)['"]/;

function refreshError(error: unknown, workspace: Workspace): AppError {
  const known = systemError(error, workspace.folder);
  if (known) return known;
  const file = error instanceof Error ? parquetFileInMessage.exec(error.message)?.groups?.file : undefined;
  if (!(error instanceof Error) || error instanceof AppError || !file || file.includes('*')) return toAppError(error);
  return new AppError('PARQUET_DAMAGED', `${path.relative(workspace.folder, file)} is no readable Parquet file.`, {
    action:
      'Move it out of data/events, or generate that day anew, then refresh again. The last refresh is still there.',
    cause: error.message,
  });
}
