import { skipToken, useQueries, useQueryClient } from '@tanstack/react-query';
import type { ErrorReport } from '../../../../../contract/app-error';
import type { ClusterContents } from '../../../../../contract/cluster';
import { useConnection } from '../../../client/connection-context';
import { errorReportOf, isAbort } from '../../../client/error-report';
import { placeId, placesToRead, type Contents, type Home } from './cluster-nodes';
import type { SchemaFolds } from './schema-rows';

export interface ClusterTreeContents {
  /** By id of the place. */
  readonly contents: ReadonlyMap<string, Contents>;
  /** Why the cluster can't be asked at all. */
  readonly error: ErrorReport | null;
  readonly readAgain: () => void;
}

const key = 'cluster contents';

/** What is in the places of the cluster that are unfolded. */
export function useClusterContents(folds: SchemaFolds, home: Home): ClusterTreeContents {
  const { warehouse } = useConnection();
  const queries = useQueryClient();
  const keyOf = (path: readonly string[]) => [key, warehouse?.id, home, placeId(path)] as const;
  // Whenever one has been read, this is drawn again, and those below it are asked for.
  const places = placesToRead((path) => queries.getQueryData<ClusterContents>(keyOf(path)) ?? null, folds, home);
  const answers = useQueries({
    queries: places.map((path) => ({
      queryKey: keyOf(path),
      queryFn: warehouse
        ? ({ signal }: { signal: AbortSignal }) =>
            warehouse.client.clusterConsole.contents({ path: [...path] }, { signal })
        : skipToken,
      staleTime: Infinity,
      retry: false,
    })),
    combine: (all) => all.map(({ data, error }) => ({ data, error })),
  });
  const entries = answers.map(({ data, error }, index): [string, Contents] => [
    placeId(places[index] ?? []),
    data ?? (error && !isAbort(error) ? { problem: errorReportOf(error).message } : null),
  ]);
  const [root] = answers;
  return {
    contents: new Map(entries),
    error: root?.error && !root.data && !isAbort(root.error) ? errorReportOf(root.error) : null,
    readAgain: () => {
      const forgotten = warehouse?.client.clusterConsole.forget() ?? Promise.resolve();
      const again = () => queries.resetQueries({ queryKey: [key] });
      forgotten.then(again, again);
    },
  };
}
