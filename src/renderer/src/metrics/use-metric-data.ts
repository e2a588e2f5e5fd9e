import { useMemo } from 'react';
import type { ErrorReport } from '../../../contract/app-error';
import type { MetricFilter } from '../../../contract/metric-filter';
import { errorReportOf } from '../client/error-report';
import { useFilteredMetric } from '../client/queries';
import { tableOf, type TableData } from '../charts/data/table-data';
import type { QueryState } from '../results/session/query-session';
import { useResult } from '../results/session/use-result';
import { useResultHead } from '../results/session/use-result-head';
import { metricSql } from './metric-sql';

/** Most rows of a chart: several times its pixels. */
export const maxPoints = 5_000;

export const noFilter: MetricFilter = { eventName: null, teamId: null, platform: null };

export function isFiltered({ eventName, teamId, platform }: MetricFilter): boolean {
  return eventName !== null || teamId !== null || platform !== null;
}

export interface MetricData {
  readonly state: QueryState;
  /** The rows to draw; null until loaded. */
  readonly data: TableData | null;
  /** The SQL behind them. */
  readonly sql: string | null;
  /** Why the filter doesn't apply to this metric, which is then shown unfiltered. */
  readonly notFiltered: string | null;
  readonly error: ErrorReport | null;
}

/** A metric from the warehouse, or recomputed over filtered events. */
export function useMetricData(name: string | null, filter: MetricFilter): MetricData {
  const filtered = useFilteredMetric(name ?? '', filter, name !== null && isFiltered(filter));
  const answer = filtered.data;
  const plain = name !== null && (!isFiltered(filter) || answer?.applies === false) ? metricSql(name) : null;
  const sql = answer?.applies ? answer.sql : plain;
  const { state, data, error } = useTable(sql);
  return {
    state,
    data,
    sql,
    notFiltered: answer?.applies === false ? answer.reason : null,
    error: filtered.error ? errorReportOf(filtered.error) : error,
  };
}

/** The rows of one of the app's own statements, as far as a chart draws them. Null SQL runs nothing. */
export function useTable(sql: string | null): Pick<MetricData, 'state' | 'data' | 'sql' | 'error'> {
  const state = useResult(sql);
  const columns = state.status === 'done' ? state.outcome.result?.columns : undefined;
  const { blocks, error: readError } = useResultHead(state, maxPoints);
  const data = useMemo(() => (columns && blocks ? tableOf(columns, blocks) : null), [columns, blocks]);
  return { state, data, sql, error: state.status === 'failed' ? state.error : readError };
}
