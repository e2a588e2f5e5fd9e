import type { ClusterState } from '../../../contract/cluster';
import { printable } from '../../../contract/text/printable';
import type { ClusterOrigin } from '../../../contract/warehouse';
import { useAppState } from '../client/live-state';
import { useSummary } from '../client/queries';

/** The cluster that the user has set for this workspace; null for none. */
export function useCluster(): ClusterState | null {
  return useAppState().value?.workspace.cluster ?? null;
}

/** The refresh on a cluster that gold came from; null if it was computed here, or there is none. */
export function useOrigin(): ClusterOrigin | null {
  return useSummary().data?.lastRefresh?.cluster ?? null;
}

/** The short name of a cluster, safe to display: `trino.example.com:8443`. */
export function hostOf(server: string): string {
  return printable(server.replace(/^https?:\/\//, '').replace(/\/+$/, ''), 80);
}
