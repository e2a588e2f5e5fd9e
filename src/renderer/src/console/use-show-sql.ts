import { useCallback } from 'react';
import type { Parameter } from '../../../contract/results';
import { hrefTo } from '../navigation/route';
import { useConsoleTabs } from './console-context';

/** Opens SQL in a new tab of the console: users can continue from any data that the app shows. */
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
