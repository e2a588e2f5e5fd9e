import { skipToken, useQuery } from '@tanstack/react-query';
import type { Extension } from '@codemirror/state';
import { useMemo } from 'react';
import { useConnection } from '../../../client/connection-context';
import { useStore } from '../../../client/store';
import { useCluster } from '../../../cluster/use-cluster';
import { duckdbLanguage } from '../../../components/sql-editor/duckdb-language';
import { trinoLanguage } from '../../../components/sql-editor/trino-language';
import type { ConsoleTab } from '../../../console/console-tab';
import { useKnowledge } from './use-knowledge';

/** Dialect and completion of a tab, by where it runs; null until DuckDB's are loaded. */
export function useSqlLanguage(tab: ConsoleTab): Extension | null {
  const { on } = useStore(tab);
  const knowledge = useKnowledge(tab);
  const duckdb = useMemo(() => knowledge && duckdbLanguage(knowledge), [knowledge]);
  const trino = useTrinoLanguage(on === 'cluster');
  return on === 'cluster' ? trino : duckdb;
}

const noFunctions = [] as const;

/** Keywords at once; functions and names when the cluster has answered. */
function useTrinoLanguage(enabled: boolean): Extension | null {
  const { warehouse } = useConnection();
  const cluster = useCluster()?.settings ?? null;
  const { data: functions = noFunctions } = useQuery({
    queryKey: ['cluster functions', warehouse?.id, cluster],
    queryFn: enabled && warehouse && cluster ? () => warehouse.client.clusterConsole.functions() : skipToken,
    staleTime: Infinity,
    gcTime: Infinity,
    // A cluster that can't be reached says so when a query runs.
    retry: false,
  });
  return useMemo(() => {
    if (!warehouse) return null;
    const { names, columns } = warehouse.client.clusterConsole;
    return trinoLanguage({
      functions,
      names: (path) => names({ path: [...path] }),
      columns: (path) => columns({ path: [...path] }),
    });
  }, [warehouse, functions]);
}
