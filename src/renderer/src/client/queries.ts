import { keepPreviousData, QueryClient, skipToken, useMutation, useQuery } from '@tanstack/react-query';
import type { GenerationRequest } from '../../../contract/generation';
import type { MetricFilter } from '../../../contract/metric-filter';
import type { FolderShards } from '../../../contract/publish/shards';
import type { Recipe } from '../../../contract/recipe';
import type { TraceSubject } from '../../../contract/trace';
import type { MainClient, WarehouseClient } from './connection';
import { useConnection } from './connection-context';
import { errorReportOf } from './error-report';
import { useAppState } from './live-state';

/**
 * Data comes from this machine, and other programs change the files too: a page refetches when it is opened. Never
 * waits for a network, never retries on its own.
 */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { networkMode: 'always', retry: false, staleTime: 0 },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

/** A query to the warehouse process; waits while there is none. */
function useWarehouseQuery<T>(name: string, read: (client: WarehouseClient, signal: AbortSignal) => Promise<T>) {
  const { warehouse } = useConnection();
  return useQuery({
    queryKey: ['warehouse', warehouse?.id, name],
    queryFn: warehouse ? ({ signal }) => read(warehouse.client, signal) : skipToken,
  });
}

/** A query to the main process about the open workspace. */
function useWorkspaceQuery<T>(name: string, read: (client: MainClient, signal: AbortSignal) => Promise<T>) {
  const { main } = useConnection();
  const folder = useAppState().value?.workspace.folder ?? null;
  return useQuery({
    queryKey: ['workspace', main?.id, folder, name],
    queryFn: main && folder !== null ? ({ signal }) => read(main.client, signal) : skipToken,
  });
}

export const useSummary = () => useWarehouseQuery('summary', (client, signal) => client.summary(undefined, { signal }));

/** The refresh that made the models; null for none, undefined until known. */
export function useRefreshId(): number | null | undefined {
  const { data, isPending } = useSummary();
  return isPending ? undefined : (data?.lastRefresh?.refreshId ?? null);
}

/** When the last successful refresh began: empty for none, undefined until known. */
export function useRefreshedAt(): string | undefined {
  const { data, isPending } = useSummary();
  return isPending ? undefined : (data?.lastRefresh?.startedAt ?? '');
}

export const usePartitions = () =>
  useWarehouseQuery('partitions', (client, signal) => client.partitions(undefined, { signal }));

export const useDayFiles = (date: string) =>
  useWarehouseQuery(`day-files ${date}`, (client, signal) => client.day.files({ date }, { signal }));

export const useDayHours = (date: string) =>
  useWarehouseQuery(`day-hours ${date}`, (client, signal) => client.day.hours({ date }, { signal }));

/** Deletions of days that can be undone. */
export const useDeletions = () =>
  useWarehouseQuery('deletions', (client, signal) => client.day.deletions(undefined, { signal }));

export const useFilterChoices = () =>
  useWarehouseQuery('filter-choices', (client, signal) => client.metric.filterChoices(undefined, { signal }));

/** The SQL of a metric over filtered events; null without a filter. */
export const useFilteredMetric = (name: string, filter: MetricFilter, wanted: boolean) =>
  useWarehouseQuery(
    wanted ? `filtered-metric ${JSON.stringify([name, filter])}` : 'no-filter',
    async (client, signal) => (wanted ? client.metric.filtered({ name, filter }, { signal }) : null),
  );

export const useModels = () => useWarehouseQuery('models', (client, signal) => client.models(undefined, { signal }));

/** The trace of a user or team in the models; null without a subject. */
export const useTrace = (subject: TraceSubject | null) =>
  useWarehouseQuery(subject ? `trace ${subject.kind} ${subject.id}` : 'no-trace', async (client, signal) =>
    subject ? client.model.trace(subject, { signal }) : null,
  );

export const useRefreshHistory = () =>
  useWarehouseQuery('refresh-history', (client, signal) => client.refresh.history(undefined, { signal }));

/** The report of a refresh; null for none. */
export const useRefreshSummary = (refreshId: number | null) =>
  useWarehouseQuery(`refresh-summary ${refreshId ?? 'none'}`, async (client, signal) =>
    refreshId === null ? null : client.refresh.summary({ refreshId }, { signal }),
  );

export const useChecks = () => useWarehouseQuery('checks', (client, signal) => client.checks(undefined, { signal }));

export const useRunHistory = () =>
  useWorkspaceQuery('run-history', (client, signal) => client.generation.history(undefined, { signal }));

/** Log lines of all processes from a time span. */
export const useLogLines = (span: { readonly from: string; readonly to: string }) =>
  useWorkspaceQuery(`log ${span.from} ${span.to}`, (client, signal) => client.app.logLines(span, { signal }));

export const useSuggestedRequest = () =>
  useWorkspaceQuery('suggested-request', (client, signal) => client.generation.suggest(undefined, { signal }));

/** The estimate of a request; keeps the last answer until the next one has arrived. */
export const useEstimate = (request: GenerationRequest | null) =>
  useOutlook('estimate', request, (client, asked, signal) => client.generation.estimate(asked, { signal }));

/** The weekly preview of a recipe. */
export const usePreview = (recipe: Recipe | null) =>
  useOutlook('preview', recipe, (client, asked, signal) => client.generation.preview(asked, { signal }));

/**
 * The shards of a recipe in a folder, read again every few seconds.
 * @param asked null while there is no folder to look at
 */
export function useFolderShards(asked: FolderShards | null) {
  const { main } = useConnection();
  return useQuery({
    queryKey: ['folder-shards', main?.id, asked],
    queryFn: main && asked !== null ? ({ signal }) => main.client.generation.shards(asked, { signal }) : skipToken,
    refetchInterval: 5_000,
    gcTime: 0,
  });
}

function useOutlook<Input, T>(
  name: string,
  input: Input | null,
  read: (client: MainClient, input: Input, signal: AbortSignal) => Promise<T>,
) {
  const { main } = useConnection();
  const folder = useAppState().value?.workspace.folder ?? null;
  return useQuery({
    queryKey: ['workspace', main?.id, folder, name, input],
    queryFn: main && input !== null ? ({ signal }) => read(main.client, input, signal) : skipToken,
    placeholderData: keepPreviousData,
  });
}

/** Console history that matches `search`, newest first; keeps the last answer until the next one has arrived. */
export function useConsoleHistory(search: string, limit: number) {
  const { main } = useConnection();
  const folder = useAppState().value?.workspace.folder ?? null;
  return useQuery({
    queryKey: ['console-history', main?.id, folder, search],
    queryFn: main && folder !== null ? () => main.client.console.history({ search, limit }) : skipToken,
    placeholderData: keepPreviousData,
    // Each keystroke is a new search that is rarely repeated: only the whole history is cached.
    ...(search !== '' && { gcTime: 0 }),
  });
}

/** A call to the main process on behalf of the user. */
export function useMainAction<Input = void>(act: (client: MainClient, input: Input) => Promise<unknown>) {
  const { main } = useConnection();
  return useAction(main?.client ?? null, act);
}

/** A call to the warehouse process on behalf of the user. */
export function useWarehouseAction<Input = void>(act: (client: WarehouseClient, input: Input) => Promise<unknown>) {
  const { warehouse } = useConnection();
  return useAction(warehouse?.client ?? null, act);
}

function useAction<Client, Input>(client: Client | null, act: (client: Client, input: Input) => Promise<unknown>) {
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: async (input: Input) => {
      if (client === null) throw new DOMException('The connection is not there.', 'AbortError');
      await act(client, input);
    },
  });
  return { run: mutate, pending: isPending, error: error ? errorReportOf(error) : null, reset };
}
