import type { DuckDBConnection } from '@duckdb/node-api';
import { cancelled } from '../../contract/app-error';
import type { Database } from '../database/database';
import { sqlError } from '../sql/sql-error';

export interface InspectionOptions {
  /** Aborting interrupts the query. */
  readonly signal?: AbortSignal | undefined;
}

/** An interrupt between two statements of `work` has no effect, so it is repeated. */
const interruptIntervalMs = 20;

/**
 * Passes a connection to `work` and interrupts it if `signal` aborts. The warehouse is attached, if there is one.
 * @throws AppError CANCELLED if the signal aborts, and the errors of `work` as the user can act on them
 */
export async function readInterruptibly<T>(
  database: Database,
  signal: AbortSignal | undefined,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  return database.hold(async () => {
    await database.attach({ create: false });
    return database.use(async (connection) => {
      const interrupt = () => {
        if (signal?.aborted) connection.interrupt();
      };
      const timer = setInterval(interrupt, interruptIntervalMs);
      signal?.addEventListener('abort', interrupt, { once: true });
      try {
        if (signal?.aborted) throw cancelled();
        return await work(connection);
      } catch (error) {
        if (signal?.aborted) throw cancelled();
        throw sqlError(error, '', database.folder);
      } finally {
        clearInterval(timer);
        signal?.removeEventListener('abort', interrupt);
      }
    });
  });
}
