import { useCallback } from 'react';
import { hrefTo } from '../../app/route';
import { useConsoleTabs } from './console-context';

/** Opens SQL in a tab of the console, as it is: whatever the app shows of data, its user can take over there. */
export function useShowSql(): (sql: string) => void {
  const tabs = useConsoleTabs();
  return useCallback(
    (sql) => {
      tabs.add({ text: sql });
      window.location.hash = hrefTo('console');
    },
    [tabs],
  );
}
