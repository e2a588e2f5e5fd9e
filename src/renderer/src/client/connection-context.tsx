import { createContext, use, useSyncExternalStore, type ReactNode } from 'react';
import type { Connection, ConnectionState } from './connection';

const ConnectionContext = createContext<Connection | null>(null);

export function ConnectionProvider({ connection, children }: { connection: Connection; children: ReactNode }) {
  return <ConnectionContext value={connection}>{children}</ConnectionContext>;
}

/** The connection itself, for what outlives a render. */
export function useConnectionObject(): Connection {
  const connection = use(ConnectionContext);
  if (!connection) throw new Error('A ConnectionProvider is missing above this component.');
  return connection;
}

/** The links as they are now; renders again when one comes or goes. */
export function useConnection(): ConnectionState {
  const connection = useConnectionObject();
  return useSyncExternalStore(connection.subscribe, connection.getState);
}
