import { createContext, use, type ReactNode } from 'react';
import type { Connection, ConnectionState } from './connection';
import { useStore } from './store';

const ConnectionContext = createContext<Connection | null>(null);

export function ConnectionProvider({ connection, children }: { connection: Connection; children: ReactNode }) {
  return <ConnectionContext value={connection}>{children}</ConnectionContext>;
}

/** The connection itself, for code outside of rendering. */
export function useConnectionObject(): Connection {
  const connection = use(ConnectionContext);
  if (!connection) throw new Error('A ConnectionProvider is missing above this component.');
  return connection;
}

/** The current links; re-renders when one changes. */
export function useConnection(): ConnectionState {
  return useStore(useConnectionObject());
}
