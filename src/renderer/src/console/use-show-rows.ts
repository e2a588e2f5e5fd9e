import { useCallback } from 'react';
import type { PlacedSql } from '../cluster/placed';
import { useRowsAway } from '../cluster/rows-away';
import { hrefTo } from '../navigation/route';
import { useConsoleTabs } from './console-context';

/**
 * Opens SQL in a new tab of the console and runs it where its tables are: the rows behind a value on a page. If that is
 * another cluster than the one in the settings, it only opens it: the rows there would not be those of the page.
 */
export function useShowRows(): (statement: PlacedSql, name: string) => void {
  const tabs = useConsoleTabs();
  const away = useRowsAway();
  return useCallback(
    ({ sql: text, on }, name) => {
      const tab = tabs.add({ text, name, on });
      window.location.hash = hrefTo('console');
      if (on === 'local' || away?.reachable) tab.runAtCursor();
    },
    [tabs, away],
  );
}
