import { useEffect, useMemo } from 'react';
import { useConnection } from '../../client/connection-context';
import { useRefreshId } from '../../client/queries';
import { QuerySession, type QueryState } from './query-session';
import { useQueryState } from './use-result';

export interface Fetched {
  readonly state: QueryState;
  /** Null until the warehouse process is ready. */
  readonly session: QuerySession | null;
  readonly fetch: () => void;
}

/**
 * The rows of one of the app's own statements on the cluster, in a session that lives as long as the component. They are
 * forgotten at the next refresh, and after a restart of the warehouse process.
 * @param atOnce fetches them without waiting for the user
 */
export function useFetched(sql: string, atOnce: boolean): Fetched {
  const { warehouse } = useConnection();
  const refreshId = useRefreshId();
  const session = useMemo(
    // Other tables after a refresh: what was fetched before no longer belongs to them.
    () => (warehouse && refreshId !== undefined ? new QuerySession(() => warehouse.client) : null),
    [warehouse, refreshId],
  );
  useEffect(() => {
    if (session && atOnce) void session.run(sql, { on: 'cluster' });
  }, [session, sql, atOnce]);
  useEffect(() => () => session?.close(), [session]);
  return { state: useQueryState(session), session, fetch: () => void session?.run(sql, { on: 'cluster' }) };
}
