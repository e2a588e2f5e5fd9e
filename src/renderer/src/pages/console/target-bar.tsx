import type { Engine } from '../../../../contract/warehouse';
import { useStore } from '../../client/store';
import { hostOf, useCluster } from '../../cluster/use-cluster';
import { classNames } from '../../components/class-names';
import { Segmented } from '../../components/forms/segmented';
import type { ConsoleTab } from '../../console/console-tab';
import type { ConsoleTabs } from '../../console/console-tabs';

const targets = [
  { value: 'local', title: 'Local' },
  { value: 'cluster', title: 'Cluster' },
] as const;

/** Where the statements of a tab run, and in which SQL; only where the workspace has a cluster, or the tab needs one. */
export function TargetBar({ tabs, tab }: { tabs: ConsoleTabs; tab: ConsoleTab }) {
  const cluster = useCluster();
  const { on } = useStore(tab);
  if (!cluster && on === 'local') return null;
  return (
    <div
      data-target={on}
      className={classNames(
        'flex shrink-0 items-center gap-3 border-b px-2 py-1 text-small',
        on === 'cluster' ? 'border-cluster/30 bg-cluster-soft text-cluster' : 'border-line text-ink-soft',
      )}
    >
      <Segmented<Engine> label="Run on" value={on} options={targets} onChange={(chosen) => tabs.runOn(tab, chosen)} />
      <p className="min-w-0 truncate" title={cluster?.settings.server}>
        {sentenceOf(on, cluster?.settings.server ?? null)}
      </p>
    </div>
  );
}

function sentenceOf(on: Engine, server: string | null): string {
  if (on === 'local') return 'DuckDB SQL on this machine';
  if (server === null) return 'This workspace has no cluster. Choose Local, or enter the cluster in Settings.';
  return `Read-only Trino SQL on ${hostOf(server)}`;
}
