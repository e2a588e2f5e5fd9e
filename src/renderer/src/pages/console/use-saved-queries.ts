import { useEffect } from 'react';
import type { SavedQuery } from '../../../../contract/console';
import type { MainClient } from '../../client/connection';
import { useConnection } from '../../client/connection-context';
import { useWatch, type Watched } from '../../client/use-watch';
import type { ConsoleTabs } from '../../console/console-tabs';

const watchQueries = (client: MainClient, signal: AbortSignal) => client.queries.watch(undefined, { signal });

/** The workspace's saved queries; tabs with one follow changes made by other programs. */
export function useSavedQueries(tabs: ConsoleTabs): Watched<SavedQuery[]> {
  const { main } = useConnection();
  const queries = useWatch(main, watchQueries);
  useEffect(() => {
    if (queries.value) void tabs.queries.follow(queries.value);
  }, [tabs, queries.value]);
  return queries;
}
