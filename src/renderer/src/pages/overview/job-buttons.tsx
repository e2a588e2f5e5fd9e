import { ChevronDown, FileX, PackagePlus, RefreshCw, RotateCcw, Server } from 'lucide-react';
import { actionOf } from '../../../../contract/actions';
import { withKeys } from '../../navigation/shortcut';
import { PlaceItems } from '../../cluster/place-items';
import { hostOf, useCluster } from '../../cluster/use-cluster';
import { Button } from '../../components/button';
import { Menu, MenuItem } from '../../components/overlays/menu';
import { useOpenGenerate } from '../../generate/generate-context';
import type { Jobs } from './use-jobs';

type Look = 'primary' | 'secondary';

/** Opens the options of a run. */
export function GenerateButton({ jobs, look }: { jobs: Jobs; look: Look }) {
  const open = useOpenGenerate();
  return (
    <Button
      look={look}
      icon={PackagePlus}
      disabled={jobs.busy}
      onClick={() => open()}
      {...withKeys(actionOf('generate'))}
    >
      Generate
    </Button>
  );
}

/** Starts a refresh: incremental, or in another mode from its menu. */
export function RefreshButton({ jobs, look }: { jobs: Jobs; look: Look }) {
  const { run, pending } = jobs.startRefresh;
  const cluster = useCluster();
  const server = cluster?.on === 'cluster' ? hostOf(cluster.settings.server) : null;
  return (
    <span className="inline-flex">
      <Button
        look={look}
        icon={server === null ? RefreshCw : Server}
        disabled={jobs.busy}
        busy={pending}
        className="rounded-r-none"
        onClick={() => run()}
        {...withKeys(actionOf('refresh'))}
        {...(server !== null && { 'aria-label': `Refresh on ${server}`, title: `Refresh on ${server}` })}
      >
        Refresh
      </Button>
      <Menu
        label="More refresh options"
        align="end"
        trigger={
          <Button
            look={look}
            icon={ChevronDown}
            aria-label="More refresh options"
            title="More refresh options"
            disabled={jobs.busy || pending}
            className="-ml-px w-6 rounded-l-none"
          />
        }
      >
        {cluster && <PlaceItems cluster={cluster} />}
        <MenuItem icon={RotateCcw} note="Rebuilds everything from scratch" onSelect={() => run({ mode: 'full' })}>
          Full refresh
        </MenuItem>
        <MenuItem icon={FileX} note="Skips unreadable files" onSelect={() => run({ skipDamaged: true })}>
          Refresh without damaged files
        </MenuItem>
      </Menu>
    </span>
  );
}
