import type { ErrorReport } from '../../../../contract/app-error';
import type { ClusterOutcome, ClusterProgress } from '../../../../contract/cluster';
import type { StatementOutcome } from '../../../../contract/results';
import type { WarehouseClient } from '../../client/connection';

/** What else there is to know of a query on the cluster that has ended, or waits with more rows. */
export interface ClusterRest {
  readonly queryId: string;
  /** Sentences about columns whose values couldn't be stored as they are. */
  readonly notes: readonly string[];
  /** Whether the cluster may have more rows. */
  readonly more: boolean;
  /** Whether more rows are being fetched, how far the cluster is, and why the last attempt failed. */
  readonly fetching: boolean;
  readonly progress: ClusterProgress | null;
  readonly error: ErrorReport | null;
}

interface ClusterRequest {
  readonly sessionId: string;
  readonly resultId: string;
  readonly sql: string;
}

/** Runs a query on the cluster; leaving by `signal` cancels it. */
export async function runOnCluster(
  client: WarehouseClient,
  request: ClusterRequest,
  signal: AbortSignal,
  onProgress: (progress: ClusterProgress) => void,
): Promise<{ outcome: StatementOutcome; cluster: ClusterRest }> {
  for await (const event of await client.clusterConsole.run(request, { signal })) {
    if (event.type === 'progress') {
      if (event.progress) onProgress(event.progress);
      continue;
    }
    const { kind, elapsedMs, result, queryId, notes, more } = event.outcome;
    const cluster = { queryId, notes, more, fetching: false, progress: null, error: null };
    return { outcome: { kind, elapsedMs, result, changedRows: null }, cluster };
  }
  throw new Error('The query ended without an outcome.');
}

/** Fetches more rows of a result. */
export async function fetchMoreRows(
  client: WarehouseClient,
  resultId: string,
  onProgress: (progress: ClusterProgress) => void,
): Promise<Pick<ClusterOutcome, 'result' | 'more'>> {
  for await (const event of await client.clusterConsole.more({ resultId })) {
    if (event.type === 'done') return event.outcome;
    if (event.progress) onProgress(event.progress);
  }
  throw new Error('The query ended without an outcome.');
}
