import { useCallback } from 'react';
import { hrefTo } from '../../app/route';
import { useConsole } from './console-context';

/** Opens SQL in the console, as it is: whatever the app shows of data, its user can take over there. */
export function useShowSql(): (sql: string) => void {
  const tab = useConsole();
  return useCallback(
    (sql) => {
      tab.show(sql);
      window.location.hash = hrefTo('console');
    },
    [tab],
  );
}
