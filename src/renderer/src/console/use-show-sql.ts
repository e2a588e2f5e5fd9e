import { useCallback } from 'react';
import type { Parameter } from '../../../contract/results';
import type { PlacedSql } from '../cluster/placed';
import { hrefTo } from '../navigation/route';
import { useConsoleTabs } from './console-context';

/**
 * Opens SQL in a new tab of the console: users can continue from any data that the app shows. The tab runs where the
 * data is; text alone is for this machine.
 */
export function useShowSql(): (sql: string | PlacedSql, parameters?: Readonly<Record<string, Parameter>>) => void {
  const tabs = useConsoleTabs();
  return useCallback(
    (sql, parameters) => {
      const { sql: text, on } = typeof sql === 'string' ? ({ sql, on: 'local' } as const) : sql;
      tabs.add({ text, on, parameters });
      window.location.hash = hrefTo('console');
    },
    [tabs],
  );
}
