import { useQueryClient } from '@tanstack/react-query';
import { actionOf, type ActionId } from '../../../contract/actions';
import type { Deletion } from '../../../contract/partitions';
import { useAppState, useJobsRunning } from '../client/live-state';
import { useDeletions, useMainAction, useWarehouseAction } from '../client/queries';
import { useOpenGenerate } from '../generate/generate-context';
import { formatAmount } from '../format/numbers';
import { formatDates } from '../format/time';
import { hrefTo } from './route';
import { useToast } from './toast-context';

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
  const undo = useUndoDelete();
  const release = useReleaseFile();
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
    'undo-delete': busy ? null : undo.run,
    'release-file': busy ? null : release.run,
    'open-workspace': busy ? null : () => choose.run(),
    'show-folder': () => reveal.run(),
    'command-palette': () => show('palette'),
    shortcuts: () => show('shortcuts'),
    settings: () => show('settings'),
    'theme-system': setTheme('system'),
    'theme-light': setTheme('light'),
    'theme-dark': setTheme('dark'),
  };
  const attempts = [refresh, undo, release, choose, reveal, settings];
  const failed = attempts.find(({ error }) => error !== null);
  /** Why an action can't run now, where that is not plain to see. */
  const whyNot = (id: ActionId): string | null => {
    if (actionOf(id).group === 'Theme') return null;
    if (busy) return 'A run or a refresh is under way.';
    return id === 'undo-delete' ? 'There is no deletion to undo. A refresh makes them final.' : null;
  };
  return { runs, whyNot, error: failed?.error ?? null, dismiss: () => attempts.forEach(({ reset }) => reset()) };
}

/** Brings the days back that were deleted last; `run` is null where there are none. */
function useUndoDelete() {
  const queryClient = useQueryClient();
  const toast = useToast();
  const deletion = useDeletions().data?.[0];
  const { run, error, reset } = useWarehouseAction<string>((client, id) => client.day.restore({ id }));
  const tell = ({ days, files }: Deletion) =>
    toast({
      text: `Brought back ${days.length === 1 ? formatDates(days[0] ?? '') : formatAmount(days.length, 'day')}`,
      note: `${formatAmount(files, 'file')}, as before.`,
      tone: 'good',
      link: { title: 'Show in Partitions', href: hrefTo('partitions') },
    });
  const restore = (last: Deletion) => () =>
    run(last.id, { onSuccess: () => tell(last), onSettled: () => void queryClient.invalidateQueries() });
  return { run: deletion ? restore(deletion) : null, error, reset };
}

function useReleaseFile() {
  const toast = useToast();
  const { run, error, reset } = useWarehouseAction((client) => client.databaseFile.release());
  const tell = () =>
    toast({
      text: 'Released the database file',
      note: 'Other programs can open it. The next query or refresh takes it again.',
      tone: 'good',
    });
  return { run: () => run(undefined, { onSuccess: tell }), error, reset };
}
