import type { ClusterState } from '../../../contract/cluster';
import { useMainAction } from '../client/queries';
import { MenuItem, MenuLine } from '../components/overlays/menu';
import { hostOf } from './use-cluster';

/** Menu items that choose where refreshes of this workspace compute. */
export function PlaceItems({ cluster: { on, settings } }: { cluster: ClusterState }) {
  const choose = useMainAction<ClusterState['on']>((client, chosen) => client.cluster.choose({ on: chosen }));
  return (
    <>
      <MenuItem checked={on === 'local'} note="From the files of this workspace" onSelect={() => choose.run('local')}>
        On this machine
      </MenuItem>
      <MenuItem
        checked={on === 'cluster'}
        note="From the files that it sees; gold comes here"
        onSelect={() => choose.run('cluster')}
      >
        {`On ${hostOf(settings.server)}`}
      </MenuItem>
      <MenuLine />
    </>
  );
}
