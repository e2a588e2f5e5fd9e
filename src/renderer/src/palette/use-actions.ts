import { useQueryClient } from '@tanstack/react-query';
import { actionOf, type ActionId, type AppAction } from '../../../contract/actions';
import type { Deletion } from '../../../contract/partitions';
import type { Settings } from '../../../contract/settings';
import { useAppState, useGenerationState, useJobsRunning } from '../client/live-state';
import { useDeletions, useMainAction, useSummary, useWarehouseAction } from '../client/queries';
import { readAgain } from '../client/read-again';
import { useStartRefresh } from '../cluster/use-start-refresh';
import { useOpenGenerate } from '../generate/generate-context';
import { useFormats } from '../format/use-formats';
import { useConsoleTabs, useRunningTab } from '../console/console-context';
import { hrefTo, useRoute } from '../navigation/route';
import { useToast } from '../notifications/toast-context';

export type Overlay = 'palette' | 'shortcuts' | 'settings';

type Theme = Settings['theme'];

/** The function of each action; null while unavailable. */
export type ActionRuns = Readonly<Record<ActionId, (() => void) | null>>;

const go = (page: string) => () => {
  window.location.hash = hrefTo(page);
};

/** All actions of palette, shortcuts and menu in their current state. */
export function useActions(show: (overlay: Overlay) => void) {
  const busy = useJobsRunning();
  const generate = useOpenGenerate();
  const data = useDataActions();
  const undo = useUndoDelete();
  const release = useReleaseFile();
  const workspace = useWorkspaceActions();
  const theme = useThemeActions();
  const app = useAppActions();
  const tabs = useConsoleTabs();
  const runs: ActionRuns = {
    'go-overview': go('overview'),
    'go-partitions': go('partitions'),
    'go-layers': go('layers'),
    'go-metrics': go('metrics'),
    'go-console': () => {
      go('console')();
      // On its page already; otherwise the page takes the focus when it opens.
      tabs.getSnapshot().active?.editor?.focus();
    },
    'go-activity': go('activity'),
    generate: busy ? null : () => generate(),
    ...data.runs,
    'undo-delete': busy ? null : undo.run,
    'release-file': busy ? null : release.run,
    ...workspace.runs,
    'command-palette': () => show('palette'),
    shortcuts: () => show('shortcuts'),
    settings: () => show('settings'),
    ...theme.runs,
    ...app.runs,
  };
  const attempts = [...data.attempts, undo, release, ...workspace.attempts, theme, app];
  const failed = attempts.find(({ error }) => error !== null);
  /** Why an action is unavailable. */
  const whyNot = (id: ActionId): string => {
    if (actionOf(id).group === 'Theme') return 'Already selected.';
    if (id === 'cancel') return 'Nothing is running.';
    if (busy) return 'Wait for the current run or refresh to finish.';
    if (id === 'undo-delete') return 'Nothing to undo. Deletions become permanent after a refresh.';
    return 'No events yet. Generate some first.';
  };
  return { runs, whyNot, error: failed?.error ?? null, dismiss: () => attempts.forEach(({ reset }) => reset()) };
}

export type Actions = ReturnType<typeof useActions>;

/** Run and refresh, started on the page that shows their progress and errors. */
function useDataActions() {
  const generating = useGenerationState().value?.status === 'running';
  const busy = useJobsRunning();
  const runningTab = useRunningTab();
  const onConsole = useRoute().page === 'console';
  const hasDays = (useSummary().data?.daysHere ?? 0) > 0;
  const refresh = useStartRefresh();
  const advance = useMainAction((client) => client.generation.advance({ days: 1 }));
  const cancelRun = useMainAction((client) => client.generation.cancel());
  const cancelRefresh = useWarehouseAction((client) => client.refresh.cancel());
  const onOverview = (act: () => void) => () => {
    go('overview')();
    act();
  };
  const cancelJob = () => (generating ? cancelRun : cancelRefresh).run();
  const cancelQuery = runningTab && (() => runningTab.cancel());
  return {
    runs: {
      refresh: busy ? null : onOverview(() => refresh.run({})),
      'full-refresh': busy ? null : onOverview(() => refresh.run({ mode: 'full' })),
      'partial-refresh': busy ? null : onOverview(() => refresh.run({ skipDamaged: true })),
      advance: busy || !hasDays ? null : onOverview(() => advance.run()),
      // On the console page a running query comes first, because the user sees it.
      cancel: (onConsole && cancelQuery) || (busy ? cancelJob : cancelQuery),
    },
    attempts: [refresh, advance, cancelRun, cancelRefresh],
  };
}

function useWorkspaceActions() {
  const busy = useJobsRunning();
  const choose = useMainAction((client) => client.workspace.choose());
  const sample = useMainAction((client) => client.workspace.openSample());
  const reveal = useMainAction((client) => client.workspace.reveal({ path: '.' }));
  return {
    runs: {
      'open-workspace': busy ? null : () => choose.run(),
      'open-sample': busy ? null : () => sample.run(),
      'show-folder': () => reveal.run(),
    },
    attempts: [choose, sample, reveal],
  };
}

function useThemeActions() {
  const theme = useAppState().value?.settings.theme;
  const { run, error, reset } = useMainAction<Theme>((client, wanted) => client.app.changeSettings({ theme: wanted }));
  const set = (wanted: Theme) => (theme === wanted ? null : () => run(wanted));
  return {
    runs: { 'theme-system': set('system'), 'theme-light': set('light'), 'theme-dark': set('dark') },
    error,
    reset,
  };
}

/** Actions that the main process performs. */
function useAppActions() {
  const toast = useToast();
  const { run, error, reset } = useMainAction<AppAction>((client, action) => client.app.perform({ action }));
  const perform = (action: AppAction) => () => run(action);
  const tell = () => toast({ text: 'Diagnostics copied', tone: 'good' });
  return {
    runs: {
      'zoom-in': perform('zoom-in'),
      'zoom-out': perform('zoom-out'),
      'reset-zoom': perform('reset-zoom'),
      'full-screen': perform('full-screen'),
      'open-logs': perform('open-logs'),
      'copy-diagnostics': () => run('copy-diagnostics', { onSuccess: tell }),
      licences: perform('licences'),
      about: perform('about'),
    },
    error,
    reset,
  };
}

/** Restores the days deleted last; `run` is null if there are none. */
function useUndoDelete() {
  const formats = useFormats();
  const queryClient = useQueryClient();
  const toast = useToast();
  const deletion = useDeletions().data?.[0];
  const { run, error, reset } = useWarehouseAction<string>((client, id) => client.day.restore({ id }));
  const tell = ({ days, files }: Deletion) =>
    toast({
      text: `Restored ${days.length === 1 ? formats.dates(days[0] ?? '') : formats.amount(days.length, 'day')}`,
      note: `${formats.amount(files, 'file')} moved back from the trash.`,
      tone: 'good',
      link: { title: 'Show in Partitions', href: hrefTo('partitions') },
    });
  const restore = (last: Deletion) => () =>
    run(last.id, { onSuccess: () => tell(last), onSettled: () => void readAgain(queryClient) });
  return { run: deletion ? restore(deletion) : null, error, reset };
}

function useReleaseFile() {
  const toast = useToast();
  const { run, error, reset } = useWarehouseAction((client) => client.databaseFile.release());
  const tell = () =>
    toast({
      text: 'Database file released',
      note: 'Other programs can open it now. The next query or refresh reopens it.',
      tone: 'good',
    });
  return { run: () => run(undefined, { onSuccess: tell }), error, reset };
}
