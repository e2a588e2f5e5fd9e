import { Table2 } from 'lucide-react';
import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { z } from 'zod';
import type { Model } from '../../../../contract/warehouse';
import { StoredState, useKept, useWorkspaceOwner } from '../../client/kept-state';
import { classNames } from '../../components/class-names';
import { EmptyState } from '../../components/empty-state';
import { ErrorNotice } from '../../components/error-notice';
import { Segmented } from '../../components/forms/segmented';
import { SkeletonRows } from '../../components/skeleton';
import { pane } from '../../components/surface';
import { modelTitle } from '../../format/model-title';
import { DataMarks } from '../../refresh/data-marks';
import { ResultGrid, type GridHandle } from '../../results/grid/result-grid';
import type { QueryState } from '../../results/session/query-session';
import { useFormats } from '../../format/use-formats';
import { ExportButtons, type ShownTable } from './export-buttons';

const views = [
  { value: 'chart', title: 'Chart' },
  { value: 'table', title: 'Table' },
] as const;
type View = (typeof views)[number]['value'];
const keptView = new StoredState<View>('chart', 'metric view', z.enum(['chart', 'table']));

/** Chart or table, where there is no room for both. */
export function ViewChoice() {
  const [view, setView] = useKept(keptView, useWorkspaceOwner());
  return (
    <div className="ml-auto @min-[840px]:hidden">
      <Segmented label="View" value={view} options={views} onChange={setView} />
    </div>
  );
}

export interface MetricPanesProps {
  readonly metric: Model;
  /** Around the drawing, for exports. */
  readonly figure: RefObject<HTMLDivElement | null>;
  /** Container of the export buttons: in the page header, to leave the space to the chart. */
  readonly exports: HTMLElement | null;
  readonly chart: ReactNode;
  /** The rows in the table, which exports and Show SQL are about. */
  readonly table: ShownTable;
  /** How the table differs from the metric's own rows; null if it doesn't. */
  readonly tableNote: string | null;
  readonly empty: string;
  /** The row of the chosen point, which the table scrolls to and marks; null for none. */
  readonly markedRow: number | null;
}

/** The chart of a metric and the table beside it. */
export function MetricPanes(props: MetricPanesProps) {
  const { metric, figure, exports, chart, table, tableNote, empty, markedRow } = props;
  const formats = useFormats();
  const [view] = useKept(keptView, useWorkspaceOwner());
  const { state } = table;
  const rows = state.status === 'done' ? (state.outcome.result?.rows ?? 0) : null;
  return (
    <>
      <ExportButtons metric={metric} table={table} figure={figure} slot={exports} />
      <div className="flex min-h-0 flex-1 gap-4">
        <section
          aria-label={modelTitle(metric)}
          className={classNames(pane, 'flex-[3]', view === 'table' && '@max-[840px]:hidden')}
        >
          <header className="px-4 pt-3">
            <div className="flex items-center gap-3">
              <h2 className="min-w-0 flex-1 truncate font-semibold">{modelTitle(metric)}</h2>
              <DataMarks />
            </div>
            <p className="truncate text-small text-ink-soft" title={metric.summary}>
              {metric.summary}
            </p>
          </header>
          <div ref={figure} className="flex min-h-0 flex-1 flex-col">
            {chart}
          </div>
        </section>
        <section aria-label="Data" className={classNames(pane, 'flex-[2]', view === 'chart' && '@max-[840px]:hidden')}>
          <div className="min-h-0 flex-1">
            <Table state={state} empty={empty} markedRow={markedRow} />
          </div>
          <p className="shrink-0 truncate border-t border-line bg-sunken px-4 py-1 text-small text-ink-soft">
            {rows === null ? '…' : [formats.amount(rows, 'row'), tableNote].filter(Boolean).join(' · ')}
          </p>
        </section>
      </div>
    </>
  );
}

function Table({ state, empty, markedRow }: { state: QueryState; empty: string; markedRow: number | null }) {
  const grid = useRef<GridHandle>(null);
  const result = state.status === 'done' ? state.outcome.result : null;
  useEffect(() => {
    if (markedRow !== null) grid.current?.markRow(markedRow);
  }, [markedRow]);
  if (state.status === 'failed') return <ErrorNotice error={state.error} onRetry={state.retry} className="m-4" />;
  if (state.status !== 'done' || !state.windows || !result) return <SkeletonRows rows={20} />;
  if (result.rows === 0)
    return (
      <EmptyState icon={Table2} title="No rows">
        {empty}
      </EmptyState>
    );
  return <ResultGrid ref={grid} key={result.resultId} columns={result.columns} windows={state.windows} />;
}
