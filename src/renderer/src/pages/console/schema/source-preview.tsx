import { ErrorNotice } from '../../../components/error-notice';
import { Skeleton } from '../../../components/skeleton';
import type { PlacedSql } from '../../../cluster/placed';
import type { QueryState } from '../../../results/session/query-session';
import { useFetched } from '../../../results/session/use-fetched';
import { useResult } from '../../../results/session/use-result';
import { useStore } from '../../../client/store';
import type { Column } from '../../../../../contract/column-type';
import type { ResultWindows } from '../../../results/rows/result-windows';
import { useFormats } from '../../../format/use-formats';

const mostColumns = 8;
/** Pixels that a column takes on average. */
const columnWidth = 100;
const height = 320;
const widest = 640;

export interface PreviewedSource {
  readonly title: string;
  /** Reads its first rows. */
  readonly statement: PlacedSql;
  /** The only session that can read it; null for any. */
  readonly sessionId: string | null;
  /** The edge of the tree's row, in pixels of the window. */
  readonly at: { readonly x: number; readonly y: number };
}

/** Ten rows of a table or file, beside its row in the tree. */
export function SourcePreview(source: PreviewedSource) {
  return source.statement.on === 'local' ? <PreviewHere {...source} /> : <PreviewOfCluster {...source} />;
}

function PreviewHere(source: PreviewedSource) {
  return <PreviewBox {...source} state={useResult(source.statement.sql, source.sessionId)} />;
}

function PreviewOfCluster(source: PreviewedSource) {
  return <PreviewBox {...source} state={useFetched(source.statement.sql, true).state} />;
}

function PreviewBox({ title, at, state }: PreviewedSource & { state: QueryState }) {
  const top = Math.max(8, Math.min(at.y - 8, window.innerHeight - height - 8));
  const maxWidth = Math.min(widest, window.innerWidth - at.x - 8);
  const result = state.status === 'done' ? state.outcome.result : null;
  return (
    <section
      aria-label={`Preview of ${title}`}
      className="pointer-events-none fixed z-40 max-h-80 animate-appear overflow-hidden rounded-large border border-line bg-surface shadow-floating"
      style={{ left: at.x, top, maxWidth }}
    >
      <h2 className="truncate border-b border-line px-3 py-1.5 font-mono text-small font-semibold">{title}</h2>
      {state.status === 'failed' && <ErrorNotice error={state.error} className="m-2" />}
      {state.status !== 'failed' && !result && <Skeleton className="m-3 h-40" />}
      {state.status === 'done' && result && state.windows && (
        <PreviewRows
          columns={result.columns}
          most={Math.max(1, Math.min(mostColumns, Math.floor(maxWidth / columnWidth)))}
          rows={result.rows}
          windows={state.windows}
        />
      )}
    </section>
  );
}

interface PreviewRowsProps {
  readonly columns: readonly Column[];
  /** Columns that fit. */
  readonly most: number;
  readonly rows: number;
  readonly windows: ResultWindows;
}

function PreviewRows({ columns, most, rows, windows }: PreviewRowsProps) {
  const formats = useFormats();
  useStore(windows);
  const shown = columns.slice(0, most);
  const left = columns.length - shown.length;
  return (
    <>
      <table className="w-full text-small">
        <thead>
          <tr className="bg-sunken text-left">
            {shown.map(({ name }, index) => (
              // Names may repeat.
              // oxlint-disable-next-line react/no-array-index-key
              <th key={index} className="max-w-36 truncate px-2 py-1 font-semibold">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, row) => (
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={row} className="border-t border-line/60">
              {shown.map((_column, column) => (
                // oxlint-disable-next-line react/no-array-index-key
                <td key={column} className="max-w-36 truncate px-2 py-0.5 font-mono">
                  {windows.text(row, column) ?? <span className="text-ink-faint">NULL</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {(rows === 0 || left > 0) && (
        <p className="border-t border-line px-3 py-1 text-small text-ink-soft">
          {rows === 0 ? 'It has no rows.' : `and ${formats.amount(left, 'more column')}`}
        </p>
      )}
    </>
  );
}
