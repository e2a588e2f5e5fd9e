import { useQueryClient } from '@tanstack/react-query';
import type { metricStarters } from '../../../contract/own-metrics';
import { useWarehouseAction } from '../client/queries';
import { readAgain } from '../client/read-again';
import { modelOfMetric } from './metric-name';
import { useRefreshAndOpen } from './use-refresh-and-open';

/** Writes a metric that ships as a start into the workspace's `models/`, builds it, and opens it. */
export function useAddStarter(starter: (typeof metricStarters)[number]) {
  const queryClient = useQueryClient();
  const opening = useRefreshAndOpen();
  const model = modelOfMetric(starter);
  const { run, pending, error } = useWarehouseAction((client) => client.ownMetric.addStarter({ starter }));
  return {
    model,
    pending: pending || opening.pending,
    error: error ?? opening.error,
    add: () =>
      run(undefined, {
        onSuccess: () => {
          void readAgain(queryClient);
          opening.run(model);
        },
      }),
  };
}
