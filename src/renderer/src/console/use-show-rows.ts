import { useCallback } from 'react';
import { hrefTo } from '../navigation/route';
import { useConsoleTabs } from './console-context';

/** Opens SQL in a new tab of the console and runs it: the rows behind a value on a page. */
export function useShowRows(): (sql: string, name: string) => void {
  const tabs = useConsoleTabs();
  return useCallback(
    (text, name) => {
      const tab = tabs.add({ text, name });
      window.location.hash = hrefTo('console');
      tab.runAtCursor();
    },
    [tabs],
  );
}
