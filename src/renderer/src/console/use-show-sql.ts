import { useCallback } from 'react';
import type { Parameter } from '../../../contract/results';
import { hrefTo } from '../navigation/route';
import { useConsoleTabs } from './console-context';

/** Opens SQL in a tab of the console, as it is: whatever the app shows of data, its user can take over there. */
export function useShowSql(): (sql: string, parameters?: Readonly<Record<string, Parameter>>) => void {
  const tabs = useConsoleTabs();
  return useCallback(
    (text, parameters) => {
      tabs.add({ text, parameters });
      window.location.hash = hrefTo('console');
    },
    [tabs],
  );
}
