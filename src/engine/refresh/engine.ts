import type { RefreshLogEntry } from '../../contract/warehouse';
import type { RefreshTask } from './input';
import { refresh, type RefreshOptions } from './refresh';

/** Where a refresh computes: on this machine or on a cluster. Steps, log, Cancel and summary are the same. */
export interface RefreshEngine {
  /** Ends with gold and all records in the local database, in one transaction, or leaves it as it was. */
  refresh(task: RefreshTask, options: RefreshOptions): Promise<RefreshLogEntry>;
}

/** Computes with DuckDB, from the workspace's own files. */
export const localEngine: RefreshEngine = { refresh };
