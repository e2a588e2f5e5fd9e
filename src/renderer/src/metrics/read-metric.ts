import { AppError } from '../../../contract/app-error';
import { tableOf, type TableData } from '../charts/data/table-data';
import type { WarehouseClient } from '../client/connection';
import { QuerySession } from '../results/session/query-session';

/** Readings wait for each other: dozens at once would keep the page's own queries waiting. */
let last: Promise<unknown> = Promise.resolve();

/**
 * The rows of one of the app's own statements, read in a session of its own, which is closed again.
 * @throws the error of the statement
 */
export function readTable(
  client: WarehouseClient,
  sql: string,
  limit: number,
  signal: AbortSignal,
): Promise<TableData> {
  const reading = last.then(() => {
    signal.throwIfAborted();
    return read(client, sql, limit, signal);
  });
  last = reading.catch(() => undefined);
  return reading;
}

async function read(client: WarehouseClient, sql: string, limit: number, signal: AbortSignal): Promise<TableData> {
  const session = new QuerySession(() => client);
  const cancel = () => session.cancel();
  signal.addEventListener('abort', cancel);
  try {
    await session.run(sql);
    const state = session.getSnapshot();
    if (state.status === 'failed') throw AppError.fromReport(state.error);
    const result = state.status === 'done' ? state.outcome.result : null;
    const windows = state.status === 'done' ? state.windows : null;
    if (!result || !windows) throw new DOMException('The statement was cancelled.', 'AbortError');
    return tableOf(result.columns, await windows.head(limit, signal));
  } finally {
    signal.removeEventListener('abort', cancel);
    session.close();
  }
}
