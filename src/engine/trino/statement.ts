import type { ClusterProgress } from '../../contract/cluster';
import type { TrinoColumn } from './protocol';
import type { TrinoRow } from './values';

export interface StatementOptions {
  /** Cancels the statement on the cluster as well; the caller is released at once. */
  readonly signal?: AbortSignal | undefined;
  /** Called with every answer of the server, about once per second while nothing else happens. */
  readonly onProgress?: ((progress: ClusterProgress) => void) | undefined;
  /** Runs it in a READ ONLY transaction: the server itself refuses every write, with CLUSTER_READ_ONLY. */
  readonly readOnly?: boolean | undefined;
}

/** Rows as the server sent them together. */
export interface TrinoPage {
  readonly columns: readonly TrinoColumn[];
  readonly rows: readonly TrinoRow[];
}

/** The end of a statement. */
export interface TrinoOutcome {
  readonly queryId: string;
  /** `INSERT`, `CREATE TABLE`, ...; null for queries. */
  readonly updateType: string | null;
  /** Rows that it changed; null if the server doesn't count them. */
  readonly updateCount: number | null;
}
