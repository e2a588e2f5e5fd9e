import { lazy, Suspense, useRef, type ReactNode } from 'react';
import type { CopyFormat } from '../../../../contract/result-work';
import type { Result } from '../../../../contract/results';
import type { Column } from '../../../../contract/column-type';
import type { WarehouseClient } from '../../client/connection';
import { KeptState, useKept } from '../../client/kept-state';
import { useMainAction } from '../../client/queries';
import { ErrorNotice } from '../../components/error-notice';
import { SkeletonRows } from '../../components/skeleton';
import { useFormats } from '../../format/use-formats';
import type { ArrangedResult } from '../session/arranged-result';
import { chartIn, suggestChart, withChart } from '../chart/suggest-chart';
import { ResultGrid, type GridHandle, type SelectedArea } from '../grid/result-grid';
import { PlanView } from '../plan/plan-view';
import type { OpenedResult } from '../rows/open-windows';
import type { StatementOptions } from '../session/query-session';
import { embeddable, overStatement } from '../session/statement-sql';
import { ExportStrip } from './export-strip';
import { FilterBar } from './filter-bar';
import { PanelSide } from './panel-side';
import type { PanelView } from './panel-choices';
import { PanelToolbar } from './panel-toolbar';
import { SaveMetricDialog } from './save-metric-dialog';
import { SelectionStatus } from './selection-status';
import { useArranged } from './use-arranged';
import { useColumnCommands } from './use-column-commands';
import { useExport } from './use-export';
import { usePanelState, type PanelState } from './use-panel-state';

/** By result: reopening a page restores the same state. */
const keptView = new KeptState<PanelView>('table');

const ChartView = lazy(() => import('../chart/chart-view'));

export interface ResultPanelProps {
  readonly arranged: ArrangedResult;
  readonly client: WarehouseClient;
  /** Runs EXPLAIN in a separate session, so that the result stays readable meanwhile. */
  readonly planSessionId: string;
  /** The statement of the result. */
  readonly sql: string;
  /** The values of its parameters. */
  readonly parameters: StatementOptions['parameters'];
  /** Its duration, in words. */
  readonly took: string;
  readonly onShowSql: (sql: string) => void;
  /** Replaces the text of the query; null if there is none. */
  readonly onRewrite: ((change: (text: string) => string) => void) | null;
}

/** A result with all its tools. None of them runs the statement again, except for its plan. */
export function ResultPanel(props: ResultPanelProps) {
  const { client, sql, took, onShowSql, onRewrite } = props;
  const { opened } = props.arranged;
  const { columns } = opened.result;
  const grid = useRef<GridHandle>(null);
  const [view, setView] = useKept(keptView, props.arranged);
  const arranged = useArranged(props.arranged);
  const { shown, arrangement, setArrangement } = arranged;
  const panel = usePanelState(props.arranged);
  const { area, setArea, setSide, saving, setSaving } = panel;
  const exporting = useExport(client, shown.result, panel.shownColumns);
  const copying = useCopy(client, shown.result.resultId);
  const commands = useColumnCommands(arrangement, setArrangement, panel);
  const copy = (format: CopyFormat) => area && copying.run({ ...areaToCopy(area), format });
  const problem = arranged.error ?? copying.error;
  const source = { client, sql, onShowSql };
  return (
    <div className="flex h-full flex-col">
      <PanelToolbar
        view={view}
        onView={setView}
        exporting={exporting.state.status === 'running'}
        onGoTo={(row) => grid.current?.goToRow(Math.min(row, shown.result.rows - 1))}
        onCopy={copy}
        onExport={exporting.start}
        onInspect={() => setSide({ kind: 'cell' })}
        onProfile={() => setSide({ kind: 'profile', column: area?.active.column ?? 0 })}
        onShowColumns={() => grid.current?.showAllColumns()}
        onSaveMetric={() => setSaving(true)}
      />
      <ExportStrip state={exporting.state} onCancel={exporting.cancel} onDismiss={exporting.dismiss} />
      {view !== 'plan' && <PanelFilters state={panel} columns={columns} arranged={arranged} />}
      {problem && <ErrorNotice error={problem} className="m-2" />}
      <div className="flex min-h-0 flex-1">
        <div className="relative min-w-0 flex-1">
          {view !== 'plan' && !arranged.pending && <NoRows opened={opened} shown={shown} />}
          {view === 'table' && (
            <ResultGrid
              ref={grid}
              key={opened.result.resultId}
              columns={columns}
              windows={shown.windows}
              commands={commands}
              onSelect={setArea}
              onColumns={panel.setShownColumns}
              onOpen={() => setSide({ kind: 'cell' })}
              onCopy={() => copy('tsv')}
            />
          )}
          {view === 'chart' && <PanelChart state={panel} result={shown.result} onRewrite={onRewrite} {...source} />}
          {view === 'plan' && <PanelPlan {...props} />}
        </div>
        {view === 'table' && (
          <PanelSide
            state={panel}
            shown={shown}
            onFilter={(filter) => setArrangement({ ...arrangement, filters: [...arrangement.filters, filter] })}
            onCopy={copying.copyText}
            {...source}
          />
        )}
      </div>
      <PanelStatus opened={opened} shown={shown} hidden={exporting.hidden} pending={arranged.pending} took={took}>
        {view === 'table' && area && isSeveral(area) && (
          <SelectionStatus client={client} resultId={shown.result.resultId} area={area} />
        )}
      </PanelStatus>
      {saving && <SaveMetricDialog sql={sql} parameters={props.parameters} onClose={() => setSaving(false)} />}
    </div>
  );
}

/** Why there are no rows. */
function NoRows({ opened, shown }: { opened: OpenedResult; shown: OpenedResult }) {
  if (shown.result.rows > 0) return null;
  return (
    <p className="pointer-events-none absolute inset-x-0 top-16 z-10 text-center text-ink-soft">
      {opened.result.rows === 0 ? 'Query returned no rows.' : 'No rows match the filters.'}
    </p>
  );
}

interface PanelFiltersProps {
  readonly state: PanelState;
  readonly columns: readonly Column[];
  readonly arranged: ReturnType<typeof useArranged>;
}

function PanelFilters({ state, columns, arranged: { arrangement, setArrangement } }: PanelFiltersProps) {
  return (
    <FilterBar
      columns={columns}
      filters={arrangement.filters}
      draft={state.draft}
      onDraft={state.setDraft}
      onChange={(filters) => setArrangement({ ...arrangement, filters })}
    />
  );
}

interface PanelChartProps extends Pick<ResultPanelProps, 'client' | 'sql' | 'onShowSql' | 'onRewrite'> {
  readonly state: PanelState;
  readonly result: Result;
}

/** The chart in the text of the query, otherwise one that fits the columns. */
function PanelChart({ state, client, result, sql, onShowSql, onRewrite }: PanelChartProps) {
  const { resultId, columns } = result;
  const inner = embeddable(sql);
  const chart = state.chart ?? chartIn(sql, columns) ?? suggestChart(columns);
  return (
    <Suspense fallback={<SkeletonRows rows={6} />}>
      <ChartView
        client={client}
        resultId={resultId}
        columns={columns}
        chart={chart}
        onChange={state.setChart}
        onSave={onRewrite && (() => onRewrite((text) => withChart(text, chart, columns)))}
        onShowSql={inner === null ? null : (chartSql) => onShowSql(overStatement(inner, chartSql))}
      />
    </Suspense>
  );
}

function PanelPlan({ arranged, client, planSessionId, sql, parameters }: ResultPanelProps) {
  const { resultId } = arranged.opened.result;
  return <PlanView client={client} resultId={resultId} sessionId={planSessionId} sql={sql} parameters={parameters} />;
}

interface PanelStatusProps {
  readonly opened: OpenedResult;
  readonly shown: OpenedResult;
  /** Hidden columns: neither copied nor exported. */
  readonly hidden: number;
  readonly pending: boolean;
  readonly took: string;
  readonly children: ReactNode;
}

function PanelStatus({ opened, shown, hidden, pending, took, children }: PanelStatusProps) {
  const formats = useFormats();
  const { rows, columns } = opened.result;
  return (
    <div className="flex shrink-0 items-center gap-4 border-t border-line bg-sunken px-4 py-1 text-small text-ink-soft">
      <p role="status" className="shrink-0">
        {pending ? 'Updating… · ' : ''}
        {shown.result.rows === rows ? '' : `${formats.count(shown.result.rows)} of `}
        {formats.amount(rows, 'row')} · {formats.amount(columns.length, 'column')}
        {hidden > 0 ? ` (${formats.count(hidden)} hidden)` : ''} · {took}
      </p>
      <p className="min-w-0 flex-1 truncate text-right">{children}</p>
    </div>
  );
}

function isSeveral({ firstRow, lastRow, columns }: SelectedArea): boolean {
  return lastRow > firstRow || columns.length > 1;
}

/** A single cell is copied as it is; a selection of several includes the column names. */
function areaToCopy(area: SelectedArea) {
  const { firstRow, lastRow, columns } = area;
  return { firstRow, lastRow, columns: [...columns], header: isSeveral(area) };
}

type CopyRequest = Omit<Parameters<WarehouseClient['results']['copy']>[0], 'resultId'>;

function useCopy(client: WarehouseClient, resultId: string) {
  const { run, error } = useMainAction<CopyRequest>(async (main, request) => {
    // A single cell is copied as it is, without the quotes of a table field.
    const text = request.header
      ? await client.results.copy({ resultId, ...request })
      : (await client.results.cell({ resultId, row: request.firstRow, column: request.columns[0] ?? 0 })).text;
    await main.exports.copyText({ text: text ?? '' });
  });
  const plain = useMainAction<string>((main, text) => main.exports.copyText({ text }));
  return { run, error, copyText: (text: string) => plain.run(text) };
}
