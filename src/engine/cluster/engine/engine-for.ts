import { AppError } from '../../../contract/app-error';
import type { ClusterAccess } from '../../../contract/cluster';
import type { RefreshRequest } from '../../../contract/warehouse';
import { localEngine, type RefreshEngine } from '../../refresh/engine';
import { clusterEngine } from './cluster-engine';

/**
 * The engine of a request.
 * @throws AppError INVALID_OPTIONS if it needs a cluster and there is none
 */
export function engineFor(on: RefreshRequest['on'] = 'local', cluster?: ClusterAccess): RefreshEngine {
  if (on === 'local') return localEngine;
  if (cluster) return clusterEngine(cluster);
  throw new AppError('INVALID_OPTIONS', 'No cluster is set for this workspace.', {
    action: 'Enter its server in Settings, Cluster, or refresh on this machine.',
  });
}
