import { skipToken, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { Source } from '../../../../../contract/sources';
import { useConnection } from '../../../client/connection-context';
import { errorReportOf, isAbort } from '../../../client/error-report';
import { useModels } from '../../../client/queries';
import { useSelected } from '../../../client/store';
import type { ConsoleTab } from '../../../console/console-tab';
import type { ConsoleTabs } from '../../../console/console-tabs';
import { useSourceFiles, useSqlTables, useSqlWords, useTemporaryTables } from './use-knowledge';
import type { FileColumns, SchemaParts } from './schema-nodes';

const noFiles = { files: [], truncated: false };
const noColumns: ReadonlyMap<string, FileColumns> = new Map();

/**
 * The content of the tree, read as it is needed: the columns of a file only when it is unfolded.
 * @param openFiles paths of the unfolded files
 * @param tab the selected one
 */
export function useSchema(openFiles: readonly string[], tab: ConsoleTab) {
  const tables = useSqlTables();
  const temporary = useTemporaryTables(tab);
  const models = useModels();
  const files = useSourceFiles();
  const fileColumns = useFileColumns(openFiles);
  const words = useSqlWords();
  const parts = useMemo(
    (): SchemaParts => ({
      tables: tables.data ?? [],
      temporary: temporary.data ?? [],
      models: models.data ?? [],
      files: files.data ?? noFiles,
      fileColumns,
    }),
    [tables.data, temporary.data, models.data, files.data, fileColumns],
  );
  const reserved = useMemo(() => new Set(words.data?.reserved ?? []), [words.data]);
  const error = tables.error ?? temporary.error ?? models.error ?? files.error;
  return {
    parts,
    reserved,
    pending: tables.isPending || models.isPending || files.isPending,
    error: error && !isAbort(error) ? errorReportOf(error) : null,
  };
}

function useFileColumns(paths: readonly string[]): ReadonlyMap<string, FileColumns> {
  const { warehouse } = useConnection();
  return useQueries({
    queries: paths.map((path) => ({
      queryKey: ['warehouse', warehouse?.id, 'source', 'columns', path],
      queryFn: warehouse
        ? ({ signal }: { signal: AbortSignal }) => warehouse.client.sources.columns({ path }, { signal })
        : skipToken,
    })),
    combine: (answers) => {
      if (answers.length === 0) return noColumns;
      const entries = answers.map(({ data, error }, index): [string, FileColumns] => {
        const columns = data ? { columns: data } : null;
        return [paths[index] ?? '', columns ?? (error ? { problem: errorReportOf(error).message } : null)];
      });
      return new Map(entries);
    },
  });
}

/** A row that is only scrolled past asks for nothing. */
const restMs = 120;

/** The profile of a column while its row is on screen. */
export function useSourceProfile(source: Source, column: string) {
  const { warehouse } = useConnection();
  return useQuery({
    queryKey: ['warehouse', warehouse?.id, 'source', 'profile', source, column],
    queryFn: warehouse
      ? async ({ signal }) => {
          await new Promise((resolve) => setTimeout(resolve, restMs));
          signal.throwIfAborted();
          return warehouse.client.sources.profile({ source, column }, { signal });
        }
      : skipToken,
    staleTime: Infinity,
  }).data;
}

/** Reads everything in the tree again. */
export function useReadSchemaAgain(): () => void {
  const client = useQueryClient();
  const { warehouse } = useConnection();
  const id = warehouse?.id;
  return () => {
    for (const name of ['source', 'sql-schema', 'models']) {
      void client.invalidateQueries({ queryKey: ['warehouse', id, name] });
    }
  };
}

/** Follows statements of the tabs that may have changed tables or files. */
export function useFollowChanges(tabs: ConsoleTabs): void {
  const changes = useSelected(tabs, ({ changingRuns }) => changingRuns);
  const readAgain = useReadSchemaAgain();
  const seen = useRef(changes);
  useEffect(() => {
    if (seen.current === changes) return;
    seen.current = changes;
    readAgain();
  });
}
