import { useMemo, useState } from 'react';
import type { Model } from '../../../contract/warehouse';
import { mergeOf } from '../charts/data/transform';
import type { TimeSeries } from '../charts/data/series';
import { TimeSeriesChart } from '../charts/time-series-chart';
import type { PickedPoint } from '../charts/use-picking';
import { useWidth } from '../charts/use-width';
import { ErrorNotice } from '../components/error-notice';
import { Skeleton } from '../components/skeleton';
import { modelTitle } from '../format/model-title';
import { goTo } from '../navigation/route';
import { mainSeriesOf } from './metric-series';
import { MetricPoint } from './metric-point';
import { NoRowsToDraw, NothingToDraw } from './nothing-to-draw';
import { useAnnotations } from './use-annotations';
import { useAtGrain } from './use-at-grain';
import { noFilter, useMetricData } from './use-metric-data';

const noSeries: TimeSeries = { names: [], points: [] };

/** A small chart of a metric over time, for other pages; its points lead on. */
export default function MetricChart({ metric }: { metric: Model }) {
  const { state, data, error } = useMetricData(metric.name, noFilter);
  const { element, width } = useWidth();
  const main = useMemo(() => data && mainSeriesOf(data, metric.name), [data, metric.name]);
  const source = main?.series ?? noSeries;
  const { own, grain, series, partial } = useAtGrain(source, { merge: main?.merge ?? mergeOf, width, wanted: null });
  const { marks } = useAnnotations(metric, { grain, own });
  const [picked, setPicked] = useState<PickedPoint | null>(null);

  const retry = state.status === 'failed' ? state.retry : undefined;
  if (error) return <ErrorNotice error={error} onRetry={retry} className="m-2" />;
  if (!data) return <Skeleton className="mx-2 h-full" />;
  if (!main) return <NothingToDraw />;
  if (series.points.length === 0) return <NoRowsToDraw filtered={false} />;
  return (
    <div ref={element} className="h-full">
      <TimeSeriesChart
        label={modelTitle(metric)}
        series={series}
        stacked={main.stacked}
        partial={partial}
        annotations={marksWithin(marks, series)}
        marked={picked?.x ?? null}
        onPick={setPicked}
      />
      {picked && (
        <MetricPoint
          metric={metric}
          series={series}
          grain={grain}
          own={own}
          partial={partial}
          annotations={marks}
          filter={noFilter}
          picked={picked}
          category={main.category}
          onFilter={null}
          compare={null}
          onOpen={() => goTo('metrics', metric.name)}
          onClose={() => setPicked(null)}
        />
      )}
    </div>
  );
}

/** Notes about periods that the series has. */
function marksWithin<T extends { readonly time: number }>(marks: readonly T[], { points }: TimeSeries): T[] {
  const [first, last] = [points.at(0)?.time ?? 0, points.at(-1)?.time ?? 0];
  return marks.filter(({ time }) => time >= first && time <= last);
}
