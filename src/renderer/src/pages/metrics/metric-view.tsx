import { useMemo, useRef } from 'react';
import type { MetricFilter } from '../../../../contract/metric-filter';
import type { Model } from '../../../../contract/warehouse';
import { KeptState, useKept, useWorkspaceOwner } from '../../client/kept-state';
import { chooseChart } from '../../charts/chart-choice';
import { classNames } from '../../components/class-names';
import { ErrorNotice } from '../../components/error-notice';
import { Notice } from '../../components/notice';
import { Segmented } from '../../components/forms/segmented';
import { pane } from '../../components/surface';
import { modelTitle } from '../../format/model-title';
import { useFormats } from '../../format/use-formats';
import { MetricMenu } from '../../own-metrics/metric-menu';
import { DataMarks } from '../../refresh/data-marks';
import { ResultView } from '../../results/result-view';
import { ExportButtons } from './export-buttons';
import { FilterBar } from './filter-bar';
import { ChartSkeleton } from './metrics-skeleton';
import { noRows, NoRowsToDraw, NothingToDraw } from '../../metrics/nothing-to-draw';
import { PlainChart } from './plain-chart';
import { TimeChart } from './time-chart';
import type { OnMark } from './on-mark';
import { isFiltered, useMetricData, type MetricData } from '../../metrics/use-metric-data';

const views = [
  { value: 'chart', title: 'Chart' },
  { value: 'table', title: 'Table' },
] as const;
type View = (typeof views)[number]['value'];
const keptView = new KeptState<View>('chart');

export interface MetricViewProps {
  readonly metric: Model;
  readonly filter: MetricFilter;
  /** Container of the export buttons. */
  readonly exports: HTMLElement | null;
  readonly onFilter: (filter: MetricFilter) => void;
}

/** A metric as a chart and, from the same result, as a table. */
export function MetricView({ metric, filter, exports, onFilter }: MetricViewProps) {
  const formats = useFormats();
  const found = useMetricData(metric.name, filter);
  const [view, setView] = useKept(keptView, useWorkspaceOwner());
  const retry = found.state.status === 'failed' ? found.state.retry : undefined;
  const figure = useRef<HTMLDivElement>(null);
  const pick = (column: string, value: string) => onFilter(picked(filter, column, value));
  return (
    <div className="@container flex min-h-0 flex-1 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <FilterBar filter={filter} onChange={onFilter} />
        <div className="ml-auto @min-[840px]:hidden">
          <Segmented label="View" value={view} options={views} onChange={setView} />
        </div>
      </div>
      <ExportButtons metric={metric} found={found} figure={figure} slot={exports} />
      {isFiltered(filter) && found.notFiltered !== null && (
        <Notice tone="warn">{`${found.notFiltered} Filter not applied; showing all events.`}</Notice>
      )}
      {found.error ? (
        <ErrorNotice error={found.error} onRetry={retry} />
      ) : (
        <div className="flex min-h-0 flex-1 gap-4">
          <section
            aria-label={modelTitle(metric)}
            className={classNames(pane, 'flex-[3]', view === 'table' && '@max-[840px]:hidden')}
          >
            <header className="px-4 pt-3">
              <div className="flex items-center gap-3">
                <h2 className="min-w-0 flex-1 truncate font-semibold">{modelTitle(metric)}</h2>
                <DataMarks />
                <MetricMenu model={metric} page="metrics" />
              </div>
              <p className="truncate text-small text-ink-soft" title={metric.summary}>
                {metric.summary}
              </p>
            </header>
            <div ref={figure} className="flex min-h-0 flex-1 flex-col">
              <ChartOf metric={metric} found={found} filter={filter} pick={pick} />
            </div>
          </section>
          <section
            aria-label="Data"
            className={classNames(pane, 'flex-[2]', view === 'chart' && '@max-[840px]:hidden')}
          >
            <div className="min-h-0 flex-1">
              <ResultView state={found.state} empty={noRows(isFiltered(filter))} />
            </div>
            <p className="shrink-0 border-t border-line bg-sunken px-4 py-1 text-small text-ink-soft">
              {found.state.status === 'done' ? formats.amount(found.state.outcome.result?.rows ?? 0, 'row') : '…'}
            </p>
          </section>
        </div>
      )}
    </div>
  );
}

/** The filter after a click on a mark for a team or an event type; a second click removes it. */
function picked(filter: MetricFilter, column: string, value: string): MetricFilter {
  if (column === 'event_name') return { ...filter, eventName: filter.eventName === value ? null : value };
  if (column !== 'team_id') return filter;
  return { ...filter, teamId: filter.teamId === Number(value) ? null : Number(value) };
}

interface ChartOfProps {
  readonly metric: Model;
  readonly found: MetricData;
  readonly filter: MetricFilter;
  readonly pick: OnMark;
}

function ChartOf({ metric, found: { data }, filter, pick }: ChartOfProps) {
  const choice = useMemo(() => data && chooseChart(data), [data]);
  if (!data || !choice) return <ChartSkeleton />;
  if (data.rows === 0) return <NoRowsToDraw filtered={isFiltered(filter)} />;
  if (choice.kind === 'none') return <NothingToDraw />;
  if (choice.kind === 'bar' || choice.kind === 'cohort')
    return <PlainChart metric={metric} data={data} choice={choice} pick={pick} />;
  return <TimeChart metric={metric} data={data} choice={choice} pick={pick} />;
}
