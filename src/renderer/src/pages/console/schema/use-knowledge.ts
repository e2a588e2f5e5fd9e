import { useQuery, skipToken } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useConnection } from '../../../client/connection-context';
import type { ConsoleTab } from '../../../console/console-tab';
import type { SqlKnowledge } from '../../../components/sql-editor/duckdb-language';
import { sourceOf } from './schema-nodes';

/** DuckDB's words. */
export function useSqlWords() {
  const { warehouse } = useConnection();
  return useQuery({
    queryKey: ['sql-words'],
    queryFn: warehouse ? () => warehouse.client.language.words() : skipToken,
    // DuckDB does not change while the app is running.
    staleTime: Infinity,
    gcTime: Infinity,
  });
}

/** The tables and views that SQL can use. */
export function useSqlTables() {
  const { warehouse } = useConnection();
  return useQuery({
    queryKey: ['warehouse', warehouse?.id, 'sql-schema'],
    queryFn: warehouse ? () => warehouse.client.language.schema() : skipToken,
  });
}

/** The temporary tables and views of a tab; they are read after its running statements. */
export function useTemporaryTables({ sessionId }: ConsoleTab) {
  const { warehouse } = useConnection();
  return useQuery({
    queryKey: ['warehouse', warehouse?.id, 'sql-schema', 'temporary', sessionId],
    queryFn: warehouse ? ({ signal }) => warehouse.client.language.temporary({ sessionId }, { signal }) : skipToken,
  });
}

/** The files of the workspace that SQL can read. */
export function useSourceFiles() {
  const { warehouse } = useConnection();
  return useQuery({
    queryKey: ['warehouse', warehouse?.id, 'source', 'files'],
    queryFn: warehouse ? ({ signal }) => warehouse.client.sources.files(undefined, { signal }) : skipToken,
  });
}

/** DuckDB's words, the existing tables and files, for the editor; null until loaded. */
export function useKnowledge(tab: ConsoleTab): SqlKnowledge | null {
  const { warehouse } = useConnection();
  const words = useSqlWords();
  const tables = useSqlTables();
  const temporary = useTemporaryTables(tab);
  const files = useSourceFiles();
  return useMemo(() => {
    if (!warehouse || !words.data) return null;
    const { language, sources } = warehouse.client;
    return {
      words: words.data,
      // The first one of a name is the one that SQL means.
      tables: [...(temporary.data ?? []), ...(tables.data ?? [])],
      files: files.data?.files ?? [],
      complete: (text: string) => language.complete({ text }),
      jsonKeys: (column: string) => language.jsonKeys({ column }),
      values: async (table, column) =>
        (await sources.profile({ source: sourceOf(table), column })).top.map(({ label }) => label),
    };
  }, [warehouse, words.data, tables.data, temporary.data, files.data]);
}
