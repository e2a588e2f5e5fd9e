import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, type ReactNode } from 'react';
import type { GenerationState } from '../../../contract/generation';
import type { DatabaseFileState, RefreshState } from '../../../contract/warehouse';
import type { AppState } from '../../../contract/workspace';
import type { MainClient, WarehouseClient } from './connection';
import { useConnection } from './connection-context';
import { readAgain } from './read-again';
import { useWatch, type Watched } from './use-watch';

const unwatched = { value: undefined, error: null };
const AppStateContext = createContext<Watched<AppState>>(unwatched);
const GenerationStateContext = createContext<Watched<GenerationState>>(unwatched);
const RefreshStateContext = createContext<Watched<RefreshState>>(unwatched);
const DatabaseFileContext = createContext<Watched<DatabaseFileState>>(unwatched);

const watchApp = (client: MainClient, signal: AbortSignal) => client.app.watch(undefined, { signal });
const watchGeneration = (client: MainClient, signal: AbortSignal) => client.generation.watch(undefined, { signal });
const watchRefresh = (client: WarehouseClient, signal: AbortSignal) => client.refresh.watch(undefined, { signal });
const watchFile = (client: WarehouseClient, signal: AbortSignal) => client.databaseFile.watch(undefined, { signal });

/** Follows the state of the other processes, and refetches all queries after a job has changed the data. */
export function LiveStateProvider({ children }: { children: ReactNode }) {
  const { main, warehouse } = useConnection();
  const app = useWatch(main, watchApp);
  const generation = useWatch(main, watchGeneration);
  const refresh = useWatch(warehouse, watchRefresh);
  const databaseFile = useWatch(warehouse, watchFile);
  useReadAgainWhenEnded(generation.value);
  useReadAgainWhenEnded(refresh.value);

  return (
    <AppStateContext value={app}>
      <GenerationStateContext value={generation}>
        <RefreshStateContext value={refresh}>
          <DatabaseFileContext value={databaseFile}>{children}</DatabaseFileContext>
        </RefreshStateContext>
      </GenerationStateContext>
    </AppStateContext>
  );
}

/** Each outcome is a new object, so that one can be distinguished from the next by reference. */
function useReadAgainWhenEnded(state: GenerationState | RefreshState | undefined): void {
  const queryClient = useQueryClient();
  const ended = state?.status === 'ended' ? state : undefined;
  useEffect(() => {
    if (ended) void readAgain(queryClient);
  }, [ended, queryClient]);
}

export const useAppState = (): Watched<AppState> => use(AppStateContext);
export const useGenerationState = (): Watched<GenerationState> => use(GenerationStateContext);
export const useRefreshState = (): Watched<RefreshState> => use(RefreshStateContext);
/** Whether the warehouse process holds the database file. */
export const useDatabaseFileState = (): Watched<DatabaseFileState> => use(DatabaseFileContext);

/** Whether a run or a refresh is running: they exclude each other. */
export function useJobsRunning(): boolean {
  const generation = useGenerationState().value;
  const refresh = useRefreshState().value;
  // A refresh during a run would read only some of its files, and a run would change files during a refresh.
  return generation?.status === 'running' || refresh?.status === 'running';
}
