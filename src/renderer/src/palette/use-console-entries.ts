import { partKeys } from '../../../contract/actions';
import type { MainClient } from '../client/connection';
import { useConnection } from '../client/connection-context';
import { useWatch } from '../client/use-watch';
import { useSelected } from '../client/store';
import { useConsoleTabs } from '../console/console-context';
import type { PaletteEntry } from './palette-entries';
import { hrefTo } from '../navigation/route';

const watchQueries = (client: MainClient, signal: AbortSignal) => client.queries.watch(undefined, { signal });

/** Console actions from any page: open a new tab, a closed tab, or a saved query. */
export function useConsoleEntries(): PaletteEntry[] {
  const tabs = useConsoleTabs();
  const canReopen = useSelected(tabs, ({ closed }) => closed.length > 0);
  const queries = useWatch(useConnection().main, watchQueries).value ?? [];
  const inConsole = (act: () => unknown) => () => {
    window.location.hash = hrefTo('console');
    act();
  };
  return [
    { id: 'new-tab', ...partKeys['new-tab'], words: 'query sql', run: inConsole(() => tabs.add()) },
    {
      id: 'reopen-tab',
      ...partKeys['reopen-tab'],
      words: 'undo query',
      run: canReopen ? inConsole(() => tabs.reopen()) : null,
      whyNot: 'No closed tabs.',
    },
    ...queries.map(({ name }) => ({
      id: `query ${name}`,
      title: `Open query ${name.replace(/\.sql$/, '')}`,
      group: 'Console',
      words: 'saved sql',
      run: inConsole(() => tabs.queries.open(name)),
    })),
  ];
}
