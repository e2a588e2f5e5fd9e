import type { ClusterState } from '../../../contract/cluster';
import type { ClusterOrigin } from '../../../contract/warehouse';
import { hostOf, useCluster, useOrigin } from './use-cluster';

/** Whether rows of the last refresh can be fetched from its cluster; if not, why, and what to do. */
export type RowsAway =
  | { readonly reachable: true; readonly host: string }
  | { readonly reachable: false; readonly host: string; readonly reason: string };

/**
 * Rows come only from the cluster in the settings: where gold came from is written in the workspace, which may be from
 * somebody else.
 */
export function rowsAway(origin: ClusterOrigin, cluster: ClusterState | null): RowsAway {
  const host = hostOf(origin.server);
  if (!cluster) {
    const reason = `Gold came from ${host}, and no cluster is set for this workspace on this computer. Enter it in Settings, Cluster.`;
    return { reachable: false, host, reason };
  }
  const { server, resultsCatalog, resultsSchema } = cluster.settings;
  const set = `${hostOf(server)}, ${resultsCatalog}.${resultsSchema}`;
  const came = `${host}, ${origin.catalog}.${origin.schema}`;
  if (set.toLowerCase() === came.toLowerCase()) return { reachable: true, host };
  const reason = `Gold came from ${came}, but Settings, Cluster, has ${set}. Change the settings, or refresh on ${hostOf(server)}.`;
  return { reachable: false, host, reason };
}

/** The same for the open workspace; null if its last refresh was not on a cluster. */
export function useRowsAway(): RowsAway | null {
  const origin = useOrigin();
  const cluster = useCluster();
  return origin && rowsAway(origin, cluster);
}
