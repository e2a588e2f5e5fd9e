import { PackagePlus, RefreshCw } from 'lucide-react';
import { Button } from '../../components/button';
import { useOpenGenerate } from '../../generate/generate-context';
import type { Jobs } from './use-jobs';

type Look = 'primary' | 'secondary';

/** Opens the options of a run. */
export function GenerateButton({ jobs, look }: { jobs: Jobs; look: Look }) {
  const open = useOpenGenerate();
  return (
    <Button look={look} icon={PackagePlus} disabled={jobs.busy} onClick={() => open()}>
      Generate
    </Button>
  );
}

/** Starts a refresh. */
export function RefreshButton({ jobs, look }: { jobs: Jobs; look: Look }) {
  const { run, pending } = jobs.startRefresh;
  return (
    <Button look={look} icon={RefreshCw} disabled={jobs.busy} busy={pending} onClick={() => run()}>
      Refresh
    </Button>
  );
}
