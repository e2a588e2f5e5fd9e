import { createContext, use, useEffect, useState, type ReactNode } from 'react';
import { useConnection, useConnectionObject } from '../client/connection-context';
import { useAppState } from '../client/live-state';
import { useSelected } from '../client/store';
import type { ConsoleTab } from './console-tab';
import { ConsoleTabs } from './console-tabs';

const ConsoleContext = createContext<ConsoleTabs | null>(null);

/** Keeps the console alive while other pages are open; statements continue to run. */
export function ConsoleProvider({ children }: { children: ReactNode }) {
  const connection = useConnectionObject();
  const { main } = useConnection();
  const folder = useAppState().value?.workspace.folder ?? null;
  const [tabs] = useState(() => new ConsoleTabs(connection));
  useEffect(() => {
    if (main && folder !== null) void tabs.load();
  }, [tabs, main, folder]);
  return <ConsoleContext value={tabs}>{children}</ConsoleContext>;
}

/** The tabs without a subscription: for pages that open SQL in the console. */
export function useConsoleTabs(): ConsoleTabs {
  const tabs = use(ConsoleContext);
  if (!tabs) throw new Error('A ConsoleProvider is missing above this component.');
  return tabs;
}

/**
 * The tab that the Cancel shortcut applies to: the selected one if it is running, otherwise any running one; null for
 * none.
 */
export function useRunningTab(): ConsoleTab | null {
  return useSelected(useConsoleTabs(), ({ running }) => running);
}
