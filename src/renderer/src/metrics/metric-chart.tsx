import { useMemo } from 'react';
import type { Model } from '../../../contract/warehouse';
import { toTimeSeries, type ChartPoint } from '../charts/data/series';
import { TimeSeriesChart } from '../charts/time-series-chart';
import { grainsOf } from '../charts/data/transform';
import { ErrorNotice } from '../components/error-notice';
import { Skeleton } from '../components/skeleton';
import { modelTitle } from '../format/model-title';
import { useResult } from '../results/session/use-result';
import { useResultHead } from '../results/session/use-result-head';
import { metricSql } from './metric-sql';
import { NoRowsToDraw, NothingToDraw } from './nothing-to-draw';
import { maxPoints } from './use-metric-data';
import { usePartialPeriods } from './use-partial-periods';

const none: readonly ChartPoint[] = [];

/** A small chart of a metric over time, for other pages. */
export default function MetricChart({ metric }: { metric: Model }) {
  const state = useResult(metricSql(metric.name));
  const done = state.status === 'done' ? state : null;
  const columns = done?.outcome.result?.columns;
  const { blocks, error: readError } = useResultHead(state, maxPoints);
  const series = useMemo(() => (columns && blocks ? toTimeSeries(columns, blocks) : undefined), [columns, blocks]);

  const points = series?.points ?? none;
  const [grain = null] = useMemo(() => grainsOf(points), [points]);
  const partial = usePartialPeriods(points, grain, grain);

  const error = state.status === 'failed' ? state.error : readError;
  const retry = state.status === 'failed' ? state.retry : undefined;
  if (error) return <ErrorNotice error={error} onRetry={retry} className="m-2" />;
  if (series === undefined) return <Skeleton className="mx-2 h-full" />;
  if (series === null) return <NothingToDraw />;
  if (series.points.length === 0) return <NoRowsToDraw filtered={false} />;
  return <TimeSeriesChart label={modelTitle(metric)} series={series} partial={partial} />;
}
