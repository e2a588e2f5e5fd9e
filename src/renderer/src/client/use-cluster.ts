import type { ClusterSettings } from '../../../contract/cluster';

/** The settings of the open workspace's cluster; null if it has none. */
export function useCluster(): ClusterSettings | null {
  return null;
}
