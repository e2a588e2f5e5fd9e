import { lazy, Suspense, type ReactNode } from 'react';
import type { ResultFilter } from '../../../../contract/result-work';
import type { Result } from '../../../../contract/results';
import type { Column } from '../../../../contract/column-type';
import { ErrorNotice } from '../../components/error-notice';
import { SkeletonRows } from '../../components/skeleton';
import { useFormats } from '../../format/use-formats';
import { chartIn, suggestChart, withChart } from '../chart/suggest-chart';
import { ClusterPlan } from '../plan/cluster-plan';
import { PlanView } from '../plan/plan-view';
import type { OpenedResult } from '../rows/open-windows';
import { embeddable, overStatement } from '../session/statement-sql';
import { ExportStrip } from './export-strip';
import { FilterBar } from './filter-bar';
import { NoRows } from './no-rows';
import { PanelTable } from './panel-table';
import { PanelToolbar } from './panel-toolbar';
import type { ResultPanelProps } from './result-panel-props';
import { SaveMetricDialog } from './save-metric-dialog';
import { SelectionStatus } from './selection-status';
import type { useArranged } from './use-arranged';
import { isSeveral } from './use-cells';
import { usePanel } from './use-panel';
import type { PanelState } from './use-panel-state';

const ChartView = lazy(() => import('../chart/chart-view'));

/** A result with all its tools. None of them runs the statement again, except for its plan. */
export function ResultPanel(props: ResultPanelProps) {
  const { client, sql, on, took, onShowSql, onRewrite } = props;
  const { opened } = props.arranged;
  const { columns } = opened.result;
  const work = usePanel(props);
  const { view, setView, arranged, panel, exporting, find, grid, copy, problem } = work;
  const { shown } = arranged;
  const { area, setSide, saving, setSaving } = panel;
  return (
    <div className="flex h-full flex-col">
      <PanelToolbar
        view={view}
        onView={setView}
        exporting={exporting.state.status === 'running'}
        onGoTo={(row) => grid.current?.goToRow(Math.min(row, shown.result.rows - 1))}
        onCopy={copy}
        onExport={exporting.start}
        onFind={find.open}
        onInspect={() => setSide({ kind: 'cell' })}
        onProfile={() => setSide({ kind: 'profile', column: area?.active.column ?? 0 })}
        onShowColumns={() => grid.current?.showAllColumns()}
        onSaveMetric={on === 'local' ? () => setSaving(true) : null}
      />
      <ExportStrip state={exporting.state} onCancel={exporting.cancel} onDismiss={exporting.dismiss} />
      {view !== 'plan' && <PanelFilters state={panel} columns={columns} arranged={arranged} />}
      {problem && <ErrorNotice error={problem} className="m-2" />}
      {view === 'table' && (
        <PanelTable
          {...work}
          columns={columns}
          opened={opened}
          client={client}
          sql={sql}
          on={on}
          onShowSql={onShowSql}
          onRerun={props.onRerun}
        />
      )}
      {view !== 'table' && (
        <div className="relative min-h-0 flex-1">
          {view === 'chart' && !arranged.pending && <NoRows opened={opened} shown={shown} />}
          {view === 'chart' && (
            <PanelChart
              state={panel}
              result={shown.result}
              client={client}
              sql={sql}
              on={on}
              onShowSql={onShowSql}
              onRewrite={onRewrite}
              onFilter={work.filterRows}
            />
          )}
          {view === 'plan' && <PanelPlan {...props} />}
        </div>
      )}
      <PanelStatus opened={opened} shown={shown} hidden={exporting.hidden} pending={arranged.pending} took={took}>
        {view === 'table' && area && isSeveral(area) && (
          <SelectionStatus client={client} resultId={shown.result.resultId} area={area} />
        )}
      </PanelStatus>
      {saving && <SaveMetricDialog sql={sql} parameters={props.parameters} onClose={() => setSaving(false)} />}
    </div>
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

interface PanelChartProps extends Pick<ResultPanelProps, 'client' | 'sql' | 'on' | 'onShowSql' | 'onRewrite'> {
  readonly state: PanelState;
  readonly result: Result;
  readonly onFilter: (filters: readonly ResultFilter[], show: 'chart' | 'rows') => void;
}

/** The chart in the text of the query, otherwise one that fits the columns. */
function PanelChart({ state, client, result, sql, on, onFilter, onShowSql, onRewrite }: PanelChartProps) {
  const { resultId, columns } = result;
  const inner = on === 'local' ? embeddable(sql) : null;
  const chart = state.chart ?? chartIn(sql, columns) ?? suggestChart(columns);
  return (
    <Suspense fallback={<SkeletonRows rows={6} />}>
      <ChartView
        client={client}
        resultId={resultId}
        columns={columns}
        chart={chart}
        onChange={state.setChart}
        onFilter={onFilter}
        onSave={onRewrite && (() => onRewrite((text) => withChart(text, chart, columns)))}
        onShowSql={inner === null ? null : (chartSql) => onShowSql(overStatement(inner, chartSql))}
      />
    </Suspense>
  );
}

function PanelPlan({ arranged, client, planSessionId, sql, on, parameters }: ResultPanelProps) {
  const { resultId } = arranged.opened.result;
  if (on === 'cluster') return <ClusterPlan client={client} resultId={resultId} sql={sql} />;
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
