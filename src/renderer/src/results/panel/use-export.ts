import { useRef, useState } from 'react';
import type { ErrorReport } from '../../../../contract/app-error';
import type { ExportFormat } from '../../../../contract/result-work';
import type { Result } from '../../../../contract/results';
import type { WarehouseClient } from '../../client/connection';
import { useConnection } from '../../client/connection-context';
import { errorReportOf } from '../../client/error-report';
import type { SavedFile } from '../../notifications/use-file-toast';

export type ExportState =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly file: string; readonly fraction: number | null }
  | {
      readonly status: 'done';
      readonly exportId: string;
      readonly path: string;
      readonly rows: number;
      readonly bytes: number;
      readonly hidden: number;
    }
  | { readonly status: 'cancelled' }
  | { readonly status: 'failed'; readonly error: ErrorReport };

export interface ExportOptions {
  /** The suggested name of the file, without its extension. */
  readonly name?: string;
  /** Called when the file is complete. */
  readonly onDone?: (file: SavedFile) => void;
}

/**
 * Exports a result: asks for the destination, writes a temporary file, and moves it there when it is complete.
 * @param shownColumns the visible columns, which are written in this order; null if unknown
 */
export function useExport(
  client: WarehouseClient | null,
  { resultId, columns }: Pick<Result, 'resultId' | 'columns'>,
  shownColumns: readonly number[] | null,
  { name = 'result', onDone }: ExportOptions = {},
) {
  const { main } = useConnection();
  const [state, setState] = useState<ExportState>({ status: 'idle' });
  const running = useRef<AbortController | null>(null);
  const written = shownColumns && shownColumns.length > 0 ? shownColumns : columns.map((_, index) => index);
  const hidden = columns.length - written.length;

  const start = async (format: ExportFormat) => {
    if (!main || !client) return;
    const { exports } = main.client;
    let exportId: string | null = null;
    const leaving = new AbortController();
    running.current = leaving;
    try {
      const chosen = await exports.choose({ name, format });
      if (!chosen) return;
      ({ exportId } = chosen);
      setState({ status: 'running', file: chosen.file, fraction: null });
      const events = await client.results.export(
        { resultId, format, exportId, columns: [...written] },
        { signal: leaving.signal },
      );
      for await (const event of events) {
        if (event.type === 'progress') setState({ status: 'running', file: chosen.file, fraction: event.fraction });
        else {
          const path = await exports.finish({ exportId });
          setState({ ...event, status: 'done', exportId, path, hidden });
          onDone?.({ exportId, path });
        }
      }
    } catch (error) {
      if (exportId !== null) await exports.discard({ exportId }).catch(() => undefined);
      setState(leaving.signal.aborted ? { status: 'cancelled' } : { status: 'failed', error: errorReportOf(error) });
    }
  };
  return {
    state,
    /** Columns that are not exported. */
    hidden,
    start: (format: ExportFormat) => void start(format),
    cancel: () => running.current?.abort(),
    dismiss: () => setState({ status: 'idle' }),
  };
}
