import { ChartNoAxesColumn } from 'lucide-react';
import { useMemo } from 'react';
import type { Model } from '../../../../contract/warehouse';
import { toTimeSeries } from '../../components/chart/series';
import { TimeSeriesChart } from '../../components/chart/time-series-chart';
import { EmptyState } from '../../components/empty-state';
import { ErrorNotice } from '../../components/error-notice';
import { Skeleton } from '../../components/skeleton';
import { modelTitle } from '../../format/model-title';
import type { QueryState } from '../../results/query-session';
import { useResult } from '../../results/use-result';
import { useResultHead } from '../../results/use-result-head';
import { metricSql } from './metric-sql';

/** Most points of a chart: several times the pixels there are for them. */
const maxPoints = 5_000;

/** A metric as a chart. */
export default function MetricChart({ metric }: { metric: Model }) {
  return <ChartOfResult metric={metric} state={useResult(metricSql(metric.name))} />;
}

/** A metric as a chart of a result that someone else holds. */
export function ChartOfResult({ metric, state }: { metric: Model; state: QueryState }) {
  const done = state.status === 'done' ? state : null;
  const columns = done?.outcome.result?.columns;
  const { blocks, error: readError } = useResultHead(done?.windows ?? null, maxPoints);
  const series = useMemo(() => (columns && blocks ? toTimeSeries(columns, blocks) : undefined), [columns, blocks]);

  const error = state.status === 'failed' ? state.error : readError;
  const retry = state.status === 'failed' ? state.retry : undefined;
  if (error) return <ErrorNotice error={error} onRetry={retry} className="m-2" />;
  if (series === undefined) return <Skeleton className="mx-2 h-full" />;
  if (series === null || series.points.length === 0) return <NothingToDraw empty={series !== null} />;
  return <TimeSeriesChart label={modelTitle(metric)} series={series} />;
}

function NothingToDraw({ empty }: { empty: boolean }) {
  return (
    <EmptyState icon={ChartNoAxesColumn} title={empty ? 'No rows' : 'Nothing to draw over time'}>
      {empty
        ? 'The metric is built, but has no rows yet.'
        : 'A chart needs a column of dates and one of numbers. The table has all there is.'}
    </EmptyState>
  );
}
