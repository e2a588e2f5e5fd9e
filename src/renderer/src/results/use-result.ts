import { useEffect, useState, useSyncExternalStore } from 'react';
import { useConnection } from '../client/connection-context';
import { QuerySession, type QueryState } from './query-session';

const idle: QueryState = { status: 'idle' };

/** The state of a session, followed. */
export function useQueryState(session: QuerySession | null): QueryState {
  return useSyncExternalStore(session?.subscribe ?? subscribeToNothing, session?.getState ?? getIdle);
}

const subscribeToNothing = () => () => undefined;
const getIdle = () => idle;

/**
 * The result of a statement of the app's own, in a session that lives as long as the component. It runs again when
 * the SQL or `version` changes, and when the warehouse process was restarted. Null SQL runs nothing.
 */
export function useResult(sql: string | null, version: unknown): QueryState {
  const { warehouse } = useConnection();
  const [session, setSession] = useState<QuerySession | null>(null);

  useEffect(() => {
    if (!warehouse || sql === null) return;
    const opened = new QuerySession(() => warehouse.client);
    setSession(opened);
    void opened.run(sql);
    return () => opened.close();
  }, [warehouse, sql, version]);

  return useQueryState(session);
}
