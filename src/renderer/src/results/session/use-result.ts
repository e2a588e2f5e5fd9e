import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useConnection } from '../../client/connection-context';
import { useRefreshId } from '../../client/queries';
import { QuerySession, type QueryState } from './query-session';

const idle: QueryState = { status: 'idle' };

/** The state of a session, followed. */
export function useQueryState(session: QuerySession | null): QueryState {
  return useSyncExternalStore(session?.subscribe ?? subscribeToNothing, session?.getState ?? getIdle);
}

const subscribeToNothing = () => () => undefined;
const getIdle = () => idle;

/**
 * The result of a statement of the app's own, in a session that lives as long as the component. It runs again after
 * each refresh and when the warehouse process was restarted. Null SQL runs nothing.
 */
export function useResult(sql: string | null): QueryState {
  const { warehouse } = useConnection();
  const refreshId = useRefreshId();
  const session = useMemo(() => (warehouse ? new QuerySession(() => warehouse.client) : null), [warehouse]);

  useEffect(() => {
    if (session && sql !== null && refreshId !== undefined) void session.run(sql);
  }, [session, sql, refreshId]);
  useEffect(() => () => session?.close(), [session]);

  return useQueryState(session);
}
