import { useQuery, skipToken } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useConnection } from '../../client/connection-context';
import type { SqlKnowledge } from '../../components/sql-editor/duckdb-language';

/** DuckDB's words and the existing tables, for the editor; null until loaded. */
export function useKnowledge(): SqlKnowledge | null {
  const { warehouse } = useConnection();
  const words = useQuery({
    queryKey: ['sql-words'],
    queryFn: warehouse ? () => warehouse.client.language.words() : skipToken,
    // DuckDB does not change while the app is running.
    staleTime: Infinity,
    gcTime: Infinity,
  });
  const tables = useQuery({
    queryKey: ['warehouse', warehouse?.id, 'sql-schema'],
    queryFn: warehouse ? () => warehouse.client.language.schema() : skipToken,
  });
  return useMemo(() => {
    if (!warehouse || !words.data) return null;
    const { language } = warehouse.client;
    return {
      words: words.data,
      tables: tables.data ?? [],
      complete: (text: string) => language.complete({ text }),
      jsonKeys: (column: string) => language.jsonKeys({ column }),
    };
  }, [warehouse, words.data, tables.data]);
}
