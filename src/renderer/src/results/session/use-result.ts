import { useEffect, useMemo } from 'react';
import { useConnection } from '../../client/connection-context';
import { useRefreshId } from '../../client/queries';
import { useStore, ValueStore } from '../../client/store';
import { QuerySession, type QueryState } from './query-session';

/** Stands for a session that there is not. */
const noSession = new ValueStore<QueryState>({ status: 'idle' });

/** Subscribes to the state of a session. */
export function useQueryState(session: QuerySession | null): QueryState {
  return useStore(session ?? noSession);
}

/**
 * The result of one of the app's own statements, in a session that lives as long as the component. Runs again after
 * each refresh and after a restart of the warehouse process. Null SQL runs nothing.
 * @param lentId a session to run it in that someone else closes; null for one of its own
 */
export function useResult(sql: string | null, lentId: string | null = null): QueryState {
  const { warehouse } = useConnection();
  const refreshId = useRefreshId();
  const session = useMemo(
    () => (warehouse ? new QuerySession(() => warehouse.client, lentId ?? undefined) : null),
    [warehouse, lentId],
  );

  useEffect(() => {
    if (session && sql !== null && refreshId !== undefined) void session.run(sql);
  }, [session, sql, refreshId]);
  const leave = lentId === null ? 'close' : 'discard';
  useEffect(() => () => session?.[leave](), [session, leave]);

  return useQueryState(session);
}
