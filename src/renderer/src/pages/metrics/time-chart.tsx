import { ZoomOut } from 'lucide-react';
import type { Model } from '../../../../contract/warehouse';
import { Button } from '../../components/button';
import { FunnelChart } from '../../charts/funnel-chart';
import { gapNotes, leftOutNote } from '../../charts/gap-notes';
import { RangeSliders } from '../../charts/range-sliders';
import type { TimeSeries } from '../../charts/data/series';
import type { TableData } from '../../charts/data/table-data';
import { TimeSeriesChart } from '../../charts/time-series-chart';
import { averageOver, type Span } from '../../charts/data/transform';
import { useWidth } from '../../charts/use-width';
import { modelTitle } from '../../format/model-title';
import { useFormats } from '../../format/use-formats';
import { Comparison } from './comparison';
import { canPick, type OnMark } from './on-mark';
import { TimeControls } from './time-controls';
import { useTimeView, type TimeChoice } from './time-view';
import { useAnnotations } from './use-annotations';

export interface TimeChartProps {
  readonly metric: Model;
  readonly data: TableData;
  readonly choice: TimeChoice;
  readonly pick: OnMark;
}

/** A metric over time, with zoom, smoothing and comparison; step-wise metrics also as a funnel. */
export function TimeChart({ metric, data, choice, pick }: TimeChartProps) {
  const formats = useFormats();
  const view = useTimeView(data, choice, metric.name);
  const { series, span, before, partial, zoomTo } = view;
  const { marks, note } = useAnnotations(metric, view);
  const points = series.points.slice(span.first, span.last + 1);
  const inView = (time: number) => time >= (points.at(0)?.time ?? 0) && time <= (points.at(-1)?.time ?? 0);
  const stacked = choice.kind === 'stacked';
  const notes = [
    ...partial.map(({ start, days, of }) => `${formats.dayUtc(start)} is partial (${days} of ${of} days)`),
    ...gapNotes(points, formats),
    leftOutNote(data, choice.time, formats),
    view.mergeNote,
    note,
  ].filter(Boolean);
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-2 pt-2 pb-3">
      <TimeControls view={view} data={data} choice={choice} />
      {view.asFunnel && !view.comparing ? (
        <p className="px-4 text-small text-ink-soft">{`Average per ${view.grain ?? 'period'} in the visible range`}</p>
      ) : (
        <Comparison
          series={series}
          span={span}
          before={before}
          comparing={view.comparing}
          stacked={stacked}
          onPick={pickerOf(data, choice, pick)}
        />
      )}
      <div className="relative min-h-0 flex-1">
        <div className="absolute inset-x-2 inset-y-0">
          {view.asFunnel ? (
            <FunnelOf label={modelTitle(metric)} series={series} span={span} />
          ) : (
            <TimeSeriesChart
              label={modelTitle(metric)}
              series={{ names: series.names, points }}
              stacked={stacked}
              before={before && !stacked ? series.points.slice(before.first, before.last + 1) : null}
              partial={partial.filter(({ start }) => inView(start))}
              annotations={marks.filter(({ time }) => inView(time))}
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
      {series.points.length > 2 && (
        <div className="px-4">
          <RangeSliders points={series.points} span={span} onChange={zoomTo} />
        </div>
      )}
      <div className="-my-1 flex h-7 shrink-0 items-center gap-3 pr-2 pl-4 text-small text-ink-soft">
        <p className="min-w-0 flex-1 truncate" title={notes.join(' · ')}>
          {notes.join(' · ')}
        </p>
        {view.zoomed && (
          <Button look="quiet" icon={ZoomOut} onClick={() => zoomTo(null)}>
            Show all
          </Button>
        )}
      </div>
    </div>
  );
}

/** Parts of a stack can be used as a filter if they are event types. */
function pickerOf(data: TableData, choice: TimeChoice, pick: OnMark): ((name: string) => void) | null {
  if (choice.kind !== 'stacked') return null;
  const column = data.columns[choice.category]?.name ?? '';
  return canPick(column) ? (name) => pick(column, name) : null;
}

function FunnelOf({ label, series, span }: { label: string; series: TimeSeries; span: Span }) {
  const { element, width } = useWidth();
  return (
    <div
      ref={element}
      tabIndex={0}
      role="region"
      aria-label={`Chart of ${label}`}
      className="h-full overflow-y-auto px-2 pt-2"
    >
      {width > 0 && (
        <FunnelChart
          label={label}
          width={width}
          steps={series.names.map((name, index) => ({ name, value: averageOver(series.points, span, index) ?? 0 }))}
        />
      )}
    </div>
  );
}
