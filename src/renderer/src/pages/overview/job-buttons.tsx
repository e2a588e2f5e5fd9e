import { ChevronDown, FileX, PackagePlus, RefreshCw, RotateCcw } from 'lucide-react';
import { actionOf } from '../../../../contract/actions';
import { withKeys } from '../../navigation/shortcut';
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
  return (
    <span className="inline-flex">
      <Button
        look={look}
        icon={RefreshCw}
        disabled={jobs.busy}
        busy={pending}
        className="rounded-r-none"
        onClick={() => run()}
        {...withKeys(actionOf('refresh'))}
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
