import { CalendarDays, ChartArea, TableProperties } from 'lucide-react';
import { useState } from 'react';
import type { MetricFilter } from '../../../../contract/metric-filter';
import type { Model } from '../../../../contract/warehouse';
import { averageOver } from '../../charts/data/transform';
import { FunnelChart, type FunnelStep } from '../../charts/funnel-chart';
import { PointPopover } from '../../charts/point-popover';
import { useWidth } from '../../charts/use-width';
import { useModels } from '../../client/queries';
import { useShowRowsBehind } from '../../metrics/use-show-rows-behind';
import { columnTitle, modelTitle } from '../../format/model-title';
import { useFormats } from '../../format/use-formats';
import { daysOfPeriod, filterConditions, sourceOf } from '../../metrics/rows-behind';
import { goTo } from '../../navigation/route';
import { ChartRegion } from './chart-region';
import type { TimeView } from './time-view';

interface FunnelMetricProps {
  readonly metric: Model;
  readonly view: TimeView;
  readonly filter: MetricFilter;
}

interface PickedStep {
  readonly index: number;
  readonly at: { readonly x: number; readonly y: number };
}

/** The averages of a metric's steps in the visible range. */
export function FunnelMetric({ metric, view, filter }: FunnelMetricProps) {
  const { element, width } = useWidth();
  const [picked, setPicked] = useState<PickedStep | null>(null);
  const { series, span, leftOut } = view;
  const steps = series.names.map((name, index) => ({
    name,
    value: Math.round((averageOver(series.points, span, index, leftOut) ?? 0) * 10) / 10,
  }));
  return (
    <div className="flex h-full flex-col px-2 pt-2">
      <ChartRegion metric={metric} element={element} width={width}>
        <FunnelChart
          label={modelTitle(metric)}
          width={width}
          steps={steps}
          onPick={(index, at) => setPicked({ index, at })}
        />
      </ChartRegion>
      {picked && (
        <StepPoint
          metric={metric}
          view={view}
          filter={filter}
          steps={steps}
          picked={picked}
          onClose={() => setPicked(null)}
        />
      )}
    </div>
  );
}

interface StepPointProps extends FunnelMetricProps {
  readonly steps: readonly FunnelStep[];
  readonly picked: PickedStep;
  readonly onClose: () => void;
}

/** A step: how many reach it, those of other steps, and the rows and days of the visible range. */
function StepPoint({ metric, view, filter, steps, picked: { index, at }, onClose }: StepPointProps) {
  const formats = useFormats();
  const models = useModels().data ?? [];
  const showRows = useShowRowsBehind();
  const { series, span, grain, own, setShape } = view;
  const timeOf = (place: number) => series.points[place]?.time ?? 0;
  const days = {
    first: daysOfPeriod(timeOf(span.first), grain, own).first,
    last: daysOfPeriod(timeOf(span.last), grain, own).last,
  };
  const step = steps[index];
  if (!step) return null;
  const places = [index - 1, ...steps.keys()].filter((place, order) => place !== index && (order === 0 || place !== index - 1)); // prettier-ignore
  const others = places.flatMap((place) => steps[place] ?? []);
  return (
    <PointPopover
      at={at}
      title={columnTitle(step.name)}
      notes={[`Average per ${grain ?? 'period'}, ${formats.dates(`${days.first} to ${days.last}`)}`]}
      values={[{ name: step.name, colour: null, value: step.value, onFilter: null, picked: false }]}
      others={others.map(({ name, value }) => ({ title: columnTitle(name), values: [value] }))}
      usual={index > 0 ? 0 : null}
      actions={[
        {
          title: 'Show rows',
          icon: TableProperties,
          run: () =>
            showRows(
              { source: sourceOf(metric, models), days, conditions: filterConditions(filter) },
              `Rows of ${modelTitle(metric)}`,
            ),
        },
        { title: 'Open the days', icon: CalendarDays, run: () => goTo('partitions', `${days.first}..${days.last}`) },
        { title: 'Show over time', icon: ChartArea, run: () => setShape('lines') },
      ]}
      onClose={onClose}
    />
  );
}
