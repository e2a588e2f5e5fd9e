import type { RefreshRequest } from '../../../contract/warehouse';
import { useWarehouseAction } from '../client/queries';
import { useCluster } from './use-cluster';

/** Starts a refresh where the user has chosen for this workspace, unless the request says where. */
export function useStartRefresh() {
  const on = useCluster()?.on ?? 'local';
  return useWarehouseAction<Partial<RefreshRequest> | void>((client, request) =>
    client.refresh.start({ on, ...request }),
  );
}
