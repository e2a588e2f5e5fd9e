import { partKeys } from '../../../../contract/actions';
import type { PageAction } from '../../navigation/page-actions';
import type { ConsoleTab } from '../../console/console-tab';
import type { ConsoleTabs } from '../../console/console-tabs';

interface ConsoleState {
  readonly tabs: ConsoleTabs;
  readonly tab: ConsoleTab;
  readonly save: () => void;
  readonly format: () => void;
  /** Whether the workspace has a cluster. */
  readonly hasCluster: boolean;
}

const group = 'Console';

/** The page's actions for the palette: the same as its toolbar. */
export function consoleActionsOf({ tabs, tab, save, format, hasCluster }: ConsoleState): PageAction[] {
  const { running: runs, allowChanges, on } = tab.getSnapshot();
  const running = runs !== null;
  const whileRunning = { whyNot: 'A statement is running in this tab.' };
  return [
    { id: 'run', ...partKeys.run, run: running ? null : () => tab.runAtCursor(), ...whileRunning },
    { id: 'run-all', ...partKeys['run-all'], run: running ? null : () => tab.runAll(), ...whileRunning },
    {
      id: 'cancel-statement',
      title: 'Cancel statement',
      group,
      words: 'stop',
      run: running ? () => tab.cancel() : null,
      whyNot: 'Nothing is running in this tab.',
    },
    { id: 'save-query', ...partKeys['save-query'], words: 'file', run: save },
    { id: 'format', title: 'Format SQL', group, words: 'pretty indent', run: format },
    { id: 'find', ...partKeys.find, run: () => tab.editor?.find() },
    { id: 'comment', ...partKeys.comment, run: () => tab.editor?.toggleComment() },
    {
      id: 'allow-changes',
      title: allowChanges ? 'Disallow changes in this tab' : 'Allow changes in this tab',
      group,
      words: 'write read-only',
      run: on === 'local' ? () => tab.allow(!allowChanges) : null,
      whyNot: 'Queries on the cluster only read.',
    },
    {
      id: 'run-on',
      title: on === 'local' ? 'Run this tab on the cluster' : 'Run this tab on this machine',
      group,
      words: 'trino duckdb local target',
      run: hasCluster || on === 'cluster' ? () => tabs.runOn(tab, on === 'local' ? 'cluster' : 'local') : null,
      whyNot: 'This workspace has no cluster.',
    },
    { id: 'close-tab', title: 'Close tab', group, run: () => tabs.close(tab) },
    ...tabs
      .getSnapshot()
      .all.filter((other) => other !== tab)
      .map((other) => ({
        id: `tab ${other.id}`,
        title: `Go to tab ${other.getSnapshot().title}`,
        group,
        run: () => tabs.show(other),
      })),
  ];
}
