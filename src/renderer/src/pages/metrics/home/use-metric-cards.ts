import { skipToken, useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ErrorReport } from '../../../../../contract/app-error';
import { kindOf } from '../../../../../contract/column-type';
import type { Partition } from '../../../../../contract/partitions';
import type { Model } from '../../../../../contract/warehouse';
import { chooseChart } from '../../../charts/chart-choice';
import type { TableData } from '../../../charts/data/table-data';
import { errorReportOf } from '../../../client/error-report';
import { useConnection } from '../../../client/connection-context';
import { usePartitions, useRefreshId } from '../../../client/queries';
import { modelTitle } from '../../../format/model-title';
import { sqlName } from '../../../format/sql-name';
import { mainSeriesOf } from '../../../metrics/metric-series';
import { readTable } from '../../../metrics/read-metric';
import { maxPoints } from '../../../metrics/use-metric-data';
import { daySpanOf } from '../../../metrics/use-partial-periods';
import { plainNews, timeNews, worstFirst, type MetricNews } from './metric-news';

/** A metric as the home shows it. */
export interface MetricCard {
  readonly metric: Model;
  readonly title: string;
  /** It could not be built or read. */
  readonly failed: boolean;
  /** Why there is no value; null if there is one. */
  readonly problem: string | null;
  readonly news: MetricNews | null;
}

export interface MetricCards {
  /** Null until each has been read. */
  readonly cards: readonly MetricCard[] | null;
  /** Why the first of those that could not be read was not. */
  readonly error: ErrorReport | null;
  /** Reads those again. */
  readonly retry: () => void;
}

const noDays: readonly Partition[] = [];

/** All metrics, worst news first. */
export function useMetricCards(metrics: readonly Model[]): MetricCards {
  const { warehouse } = useConnection();
  const refreshId = useRefreshId();
  const partitions = usePartitions();
  const readings = useQueries({
    queries: metrics.map((metric) => ({
      queryKey: ['warehouse', warehouse?.id, 'metric-card', metric.name, refreshId],
      queryFn:
        warehouse && metric.built && refreshId !== undefined
          ? ({ signal }: { signal: AbortSignal }) => readTable(warehouse.client, latestSql(metric), maxPoints, signal)
          : skipToken,
      staleTime: Infinity,
    })),
    combine: (results) => results.map(({ data, error, refetch }) => ({ data, error, refetch })),
  });
  const daysKnown = partitions.data ?? (partitions.error ? noDays : null);
  const cards = useMemo(() => {
    if (!daysKnown) return null;
    const days = daySpanOf(daysKnown);
    const known = metrics.map((metric, index): MetricCard | null => {
      const { data, error } = readings[index] ?? {};
      const title = modelTitle(metric);
      const problem = metric.problem?.message ?? error?.message ?? null;
      if (!metric.built || error) return { metric, title, failed: problem !== null, problem: problem ?? 'Not built yet. Refresh to build it.', news: null }; // prettier-ignore
      if (!data) return null;
      const news = newsOf(metric, data, days);
      return { metric, title, failed: metric.problem !== null, problem: metric.problem?.message ?? null, news };
    });
    return known.includes(null) ? null : worstFirst(known.filter((card) => card !== null));
  }, [metrics, readings, daysKnown]);
  const failed = readings.filter(({ error }) => error !== null);
  const error = failed[0]?.error ?? partitions.error;
  return {
    cards,
    error: error ? errorReportOf(error) : null,
    retry: () => {
      if (partitions.error) void partitions.refetch();
      for (const { refetch } of failed) void refetch();
    },
  };
}

/** Of metrics over time the latest rows: charts need no others. */
function latestSql({ name, built }: Model): string {
  const overTime = kindOf(built?.columns[0]?.type ?? '') === 'time';
  return `SELECT * FROM ${sqlName(name)} ORDER BY ALL${overTime ? ' DESC' : ''} LIMIT ${maxPoints}`;
}

function newsOf(metric: Model, data: TableData, days: ReturnType<typeof daySpanOf>): MetricNews | null {
  const choice = chooseChart(data);
  if (choice.kind === 'none' || data.rows === 0) return null;
  if (choice.kind === 'bar' || choice.kind === 'cohort') return plainNews(data, choice, days);
  const main = mainSeriesOf(data, metric.name);
  return main && timeNews(main.series, main.stacked, days);
}
