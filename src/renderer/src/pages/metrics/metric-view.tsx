import { useMemo, useRef, type RefObject } from 'react';
import type { MetricFilter } from '../../../../contract/metric-filter';
import type { Model } from '../../../../contract/warehouse';
import { chooseChart } from '../../charts/chart-choice';
import { ErrorNotice } from '../../components/error-notice';
import { Notice } from '../../components/notice';
import { NothingToDraw, NoRowsToDraw, noRows } from '../../metrics/nothing-to-draw';
import { isFiltered, useMetricData, type MetricData } from '../../metrics/use-metric-data';
import { ExportButtons } from './export-buttons';
import { FilterBar } from './filter-bar';
import { MetricPanes, ViewChoice } from './metric-panes';
import { ChartSkeleton } from './metrics-skeleton';
import type { OnMark } from './on-mark';
import { PlainMetric } from './plain-metric';
import { TimeMetric } from './time-metric';

export interface MetricViewProps {
  readonly metric: Model;
  readonly filter: MetricFilter;
  /** Container of the export buttons. */
  readonly exports: HTMLElement | null;
  readonly onFilter: (filter: MetricFilter) => void;
}

/** A metric as a chart and a table. */
export function MetricView({ metric, filter, exports, onFilter }: MetricViewProps) {
  const found = useMetricData(metric.name, filter);
  const retry = found.state.status === 'failed' ? found.state.retry : undefined;
  const figure = useRef<HTMLDivElement>(null);
  const pick = (column: string, value: string) => onFilter(picked(filter, column, value));
  return (
    <div className="@container flex min-h-0 flex-1 flex-col gap-3 low:min-h-[38rem]!">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <FilterBar filter={filter} onChange={onFilter} />
        <ViewChoice />
      </div>
      {isFiltered(filter) && found.notFiltered !== null && (
        <Notice tone="warn">{`${found.notFiltered} Filter not applied; showing all events.`}</Notice>
      )}
      {found.error ? (
        <>
          <ExportButtons metric={metric} table={found} figure={figure} slot={exports} />
          <ErrorNotice error={found.error} onRetry={retry} />
        </>
      ) : (
        <Content metric={metric} found={found} filter={filter} figure={figure} exports={exports} pick={pick} />
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

interface ContentProps {
  readonly metric: Model;
  readonly found: MetricData;
  readonly filter: MetricFilter;
  readonly figure: RefObject<HTMLDivElement | null>;
  readonly exports: HTMLElement | null;
  readonly pick: OnMark;
}

function Content({ metric, found, filter, figure, exports, pick }: ContentProps) {
  const { data } = found;
  const choice = useMemo(() => data && chooseChart(data), [data]);
  const shared = { metric, found, filter, figure, exports, pick };
  if (data && choice && data.rows > 0 && choice.kind !== 'none') {
    return choice.kind === 'bar' || choice.kind === 'cohort' ? (
      <PlainMetric {...shared} data={data} choice={choice} />
    ) : (
      <TimeMetric {...shared} data={data} choice={choice} />
    );
  }
  return (
    <MetricPanes
      metric={metric}
      figure={figure}
      exports={exports}
      chart={
        !data || !choice ? (
          <ChartSkeleton />
        ) : data.rows === 0 ? (
          <NoRowsToDraw filtered={isFiltered(filter)} />
        ) : (
          <NothingToDraw />
        )
      }
      table={found}
      tableNote={null}
      empty={noRows(isFiltered(filter))}
      markedRow={null}
    />
  );
}
