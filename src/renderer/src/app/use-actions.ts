import type { ActionId } from '../../../contract/actions';
import { useAppState, useJobsRunning } from '../client/live-state';
import { useDeletions, useMainAction, useWarehouseAction } from '../client/queries';
import { useOpenGenerate } from '../generate/generate-context';
import { hrefTo } from './route';

export type Overlay = 'palette' | 'shortcuts' | 'settings';

/** How each action runs; null while it can't. */
export type ActionRuns = Readonly<Record<ActionId, (() => void) | null>>;

const go = (page: string) => () => {
  window.location.hash = hrefTo(page);
};

/** Everything that palette, keys and menu can do, as things stand now. */
export function useActions(show: (overlay: Overlay) => void) {
  const busy = useJobsRunning();
  const theme = useAppState().value?.settings.theme;
  const generate = useOpenGenerate();
  const refresh = useWarehouseAction<{ mode?: 'full' }>((client, request) => client.refresh.start(request));
  const [deletion] = useDeletions().data ?? [];
  const restore = useWarehouseAction<string>((client, id) => client.day.restore({ id }));
  const release = useWarehouseAction((client) => client.databaseFile.release());
  const choose = useMainAction((client) => client.workspace.choose());
  const reveal = useMainAction((client) => client.workspace.reveal({ path: '.' }));
  const settings = useMainAction<'system' | 'light' | 'dark'>((client, wanted) =>
    client.app.changeSettings({ theme: wanted }),
  );
  const setTheme = (wanted: 'system' | 'light' | 'dark') => (theme === wanted ? null : () => settings.run(wanted));
  const refreshOnOverview = (request: { mode?: 'full' }) => () => {
    // Where its steps, its end and its errors are shown.
    go('overview')();
    refresh.run(request);
  };
  const runs: ActionRuns = {
    'go-overview': go('overview'),
    'go-partitions': go('partitions'),
    'go-layers': go('layers'),
    'go-metrics': go('metrics'),
    'go-console': go('console'),
    'go-activity': go('activity'),
    generate: busy ? null : () => generate(),
    refresh: busy ? null : refreshOnOverview({}),
    'full-refresh': busy ? null : refreshOnOverview({ mode: 'full' }),
    'undo-delete': busy || !deletion ? null : () => restore.run(deletion.id),
    'release-file': busy ? null : () => release.run(),
    'open-workspace': busy ? null : () => choose.run(),
    'show-folder': () => reveal.run(),
    'command-palette': () => show('palette'),
    shortcuts: () => show('shortcuts'),
    settings: () => show('settings'),
    'theme-system': setTheme('system'),
    'theme-light': setTheme('light'),
    'theme-dark': setTheme('dark'),
  };
  const attempts = [refresh, restore, release, choose, reveal, settings];
  const failed = attempts.find(({ error }) => error !== null);
  return { runs, error: failed?.error ?? null, dismiss: () => attempts.forEach(({ reset }) => reset()) };
}
