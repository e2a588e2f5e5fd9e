import { useQuery, skipToken } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useConnection } from '../../../client/connection-context';
import type { SqlKnowledge } from '../../../components/sql-editor/duckdb-language';

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

/** The files of the workspace that SQL can read. */
export function useSourceFiles() {
  const { warehouse } = useConnection();
  return useQuery({
    queryKey: ['warehouse', warehouse?.id, 'source', 'files'],
    queryFn: warehouse ? ({ signal }) => warehouse.client.sources.files(undefined, { signal }) : skipToken,
  });
}

/** DuckDB's words, the existing tables and files, for the editor; null until loaded. */
export function useKnowledge(): SqlKnowledge | null {
  const { warehouse } = useConnection();
  const words = useSqlWords();
  const tables = useSqlTables();
  const files = useSourceFiles();
  return useMemo(() => {
    if (!warehouse || !words.data) return null;
    const { language, sources } = warehouse.client;
    return {
      words: words.data,
      tables: tables.data ?? [],
      files: (files.data?.files ?? []).map(({ path }) => path),
      complete: (text: string) => language.complete({ text }),
      jsonKeys: (column: string) => language.jsonKeys({ column }),
      values: async ({ schema, name }, column) => {
        const source = { kind: 'table', schema, name } as const;
        return (await sources.profile({ source, column })).top.map(({ label }) => label);
      },
    };
  }, [warehouse, words.data, tables.data, files.data]);
}
