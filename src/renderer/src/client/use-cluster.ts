import type { ClusterSettings } from '../../../contract/cluster';
import { useAppState } from './live-state';

/** The settings of the open workspace's cluster; null if it has none. */
export function useCluster(): ClusterSettings | null {
  return useAppState().value?.workspace.cluster?.settings ?? null;
}
