import { Server } from 'lucide-react';
import type { ClusterOrigin } from '../../../contract/warehouse';
import { EmptyState } from '../components/empty-state';
import { hostOf } from './use-cluster';

/** Stands in for rows and files that are on the cluster only. */
export function OnCluster({ origin, what }: { origin: ClusterOrigin; what: 'rows' | 'files' }) {
  return (
    <EmptyState icon={Server} title={`The ${what} are on the cluster`}>
      {`The last refresh ran on ${hostOf(origin.server)}. It brought gold and its records here; these ${what} stayed there.`}
    </EmptyState>
  );
}
