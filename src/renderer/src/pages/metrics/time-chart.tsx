import { GitCompareArrows, ZoomOut } from 'lucide-react';
import type { MetricFilter } from '../../../../contract/metric-filter';
import type { Model } from '../../../../contract/warehouse';
import { Button } from '../../components/button';
import { axisNameOf } from '../../charts/data/axis-name';
import { gapNotes, leftOutNote } from '../../charts/gap-notes';
import { RangeSliders } from '../../charts/range-sliders';
import type { TimeSeries } from '../../charts/data/series';
import type { TableData } from '../../charts/data/table-data';
import { TimeSeriesChart } from '../../charts/time-series-chart';
import type { PointAction } from '../../charts/point-popover';
import type { PickedPoint } from '../../charts/use-picking';
import { modelTitle } from '../../format/model-title';
import { MetricPoint } from '../../metrics/metric-point';
import type { TimeChoice } from '../../metrics/metric-series';
import { useAnnotations } from '../../metrics/use-annotations';
import { Comparison } from './comparison';
import { FunnelMetric } from './funnel-metric';
import { canPick, type OnMark } from './on-mark';
import { TimeControls } from './time-controls';
import type { TimeView } from './time-view';
import { useFormats } from '../../format/use-formats';

export interface TimeChartProps {
  readonly metric: Model;
  readonly data: TableData;
  readonly choice: TimeChoice;
  readonly view: TimeView;
  readonly filter: MetricFilter;
  readonly pick: OnMark;
  /** The chosen point, which leads on; null for none. */
  readonly point: PickedPoint | null;
  readonly onPoint: (point: PickedPoint | null) => void;
}

/** A metric over time, with zoom, smoothing and comparison; step-wise metrics also as a funnel. */
export function TimeChart({ metric, data, choice, view, filter, pick, point, onPoint }: TimeChartProps) {
  const formats = useFormats();
  const { series, span, other, partial, zoomTo } = view;
  const { marks, note } = useAnnotations(metric, view);
  const points = series.points.slice(span.first, span.last + 1);
  const inView = (time: number) => time >= (points.at(0)?.time ?? 0) && time <= (points.at(-1)?.time ?? 0);
  const stacked = choice.kind === 'stacked';
  const comparing = view.compare.mode !== 'off';
  const onFilter = pickerOf(data, choice, pick);
  const notes = [
    ...partial.map(({ start, days, of }) => `${formats.dayUtc(start)} is partial (${days} of ${of} days)`),
    ...gapNotes(points, formats),
    leftOutNote(data, choice.time, formats),
    view.mergeNote,
    note,
  ].flatMap((text) => text ?? []);
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-2 pt-2 pb-3">
      <TimeControls view={view} data={data} choice={choice} />
      {view.asFunnel && !comparing ? (
        <p className="px-4 text-small text-ink-soft">{`Average per ${view.grain ?? 'period'} in the visible range`}</p>
      ) : (
        <Comparison
          series={series}
          span={span}
          before={other}
          leftOut={view.leftOut}
          comparing={comparing}
          stacked={stacked}
          onPick={onFilter}
        />
      )}
      <div className="relative min-h-0 flex-1">
        <div className="absolute inset-x-2 inset-y-0">
          {view.asFunnel ? (
            <FunnelMetric metric={metric} view={view} filter={filter} />
          ) : (
            <TimeSeriesChart
              label={modelTitle(metric)}
              series={{ names: series.names, points }}
              stacked={stacked}
              before={stacked ? null : view.before}
              partial={partial.filter(({ start }) => inView(start))}
              annotations={marks.filter(({ time }) => inView(time))}
              axes={{ x: view.grain ?? 'time', y: valueName(data, choice, series) }}
              marked={point?.x ?? null}
              onPick={onPoint}
              onZoom={(from, to) =>
                zoomTo({
                  first: series.points.findIndex(({ time }) => time >= from),
                  last: series.points.findLastIndex(({ time }) => time <= to),
                })
              }
            />
          )}
        </div>
      </div>
      {series.points.length > 2 && <Ranges view={view} />}
      <Notes notes={notes} onShowAll={view.range === null ? null : () => zoomTo(null)} />
      {point && (
        <MetricPoint
          metric={metric}
          series={series}
          grain={view.grain}
          own={view.own}
          partial={partial}
          annotations={marks}
          filter={filter}
          picked={point}
          category={view.category}
          onFilter={onFilter}
          compare={compareFrom(view, point)}
          onOpen={null}
          onClose={() => onPoint(null)}
        />
      )}
    </div>
  );
}

/** Notes about the drawing, in one line. */
function Notes({ notes, onShowAll }: { notes: readonly string[]; onShowAll: (() => void) | null }) {
  return (
    <div className="-my-1 flex h-7 shrink-0 items-center gap-3 pr-2 pl-4 text-small text-ink-soft">
      <p className="min-w-0 flex-1 truncate" title={notes.join(' · ')} data-chart-note>
        {notes.join(' · ')}
      </p>
      {onShowAll && (
        <Button look="quiet" icon={ZoomOut} onClick={onShowAll}>
          Show all
        </Button>
      )}
    </div>
  );
}

/** The title of the value axis: the column of a stack, or those of the lines. */
function valueName(data: TableData, choice: TimeChoice, { names }: TimeSeries): string {
  return choice.kind === 'stacked' ? (data.columns[choice.value]?.name ?? '') : axisNameOf(names);
}

/** The sliders of the visible range; below them those of the range that it is compared with, if that is the user's. */
function Ranges({ view: { series, span, other, compare, zoomTo, setOther } }: { view: TimeView }) {
  const two = compare.mode === 'range' && other !== null;
  return (
    <div className="flex flex-col gap-1.5 px-4">
      <div className="flex items-center gap-2">
        {two && <Letter name="A" />}
        <RangeSliders points={series.points} span={span} onChange={zoomTo} {...(two && { letter: 'A' })} />
      </div>
      {two && (
        <div className="flex items-center gap-2">
          <Letter name="B" />
          <RangeSliders points={series.points} span={other} onChange={setOther} letter="B" />
        </div>
      )}
    </div>
  );
}

function Letter({ name }: { name: string }) {
  return (
    <span aria-hidden className="w-3 text-small font-semibold text-ink-soft">
      {name}
    </span>
  );
}

/** Periods up to the chosen one that are compared with as many before them. */
const comparedPeriods = 4;

function compareFrom({ series, grain, compareRanges }: TimeView, { x }: PickedPoint): PointAction {
  const last = series.points.findIndex(({ time }) => time === x);
  const length = Math.min(comparedPeriods, Math.floor((last + 1) / 2));
  const first = last - length + 1;
  const unit = `${grain ?? 'point'}s`;
  return {
    title: length < 2 ? `Compare the ${unit} up to here` : `Compare ${length} ${unit} up to here with ${length} before`,
    icon: GitCompareArrows,
    run: length < 2 ? null : () => compareRanges({ first, last }, { first: first - length, last: first - 1 }),
    whyNot: `There are too few ${unit} before it.`,
  };
}

/** Parts of a stack can be used as a filter if they are event types. */
function pickerOf(data: TableData, choice: TimeChoice, pick: OnMark): ((name: string) => void) | null {
  if (choice.kind !== 'stacked') return null;
  const column = data.columns[choice.category]?.name ?? '';
  return canPick(column) ? (name) => pick(column, name) : null;
}
