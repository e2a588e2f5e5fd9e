import { useCallback } from 'react';
import { hrefTo } from '../../app/route';
import { useConsole } from './console-context';

/** Puts SQL into the console and goes there; the user decides whether to run it. */
export function useOpenInConsole(): (sql: string) => void {
  const tab = useConsole();
  return useCallback(
    (sql: string) => {
      tab.write(sql);
      window.location.hash = hrefTo('console');
    },
    [tab],
  );
}
