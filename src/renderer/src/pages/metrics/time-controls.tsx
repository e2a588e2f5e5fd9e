import type { TableData } from '../../charts/data/table-data';
import type { Grain } from '../../charts/data/transform';
import { Segmented } from '../../components/forms/segmented';
import { Select } from '../../components/forms/select';
import type { CompareMode } from '../../charts/data/comparison';
import type { TimeChoice } from '../../metrics/metric-series';
import type { TimeView } from './time-view';
import { columnTitle } from '../../format/model-title';

const grainTitles: Record<Grain, string> = { day: 'Day', week: 'Week', month: 'Month' };
const averages = ['1', '4', '7', '12', '28'].map((value) => ({
  value,
  title: value === '1' ? 'off' : `${value} points`,
}));
const shapes = [
  { value: 'funnel', title: 'Funnel' },
  { value: 'lines', title: 'Over time' },
] as const;

const compareModes: readonly { value: CompareMode; title: string }[] = [
  { value: 'off', title: 'nothing' },
  { value: 'before', title: 'the period before' },
  { value: 'year', title: 'a year ago' },
  { value: 'range', title: 'another range' },
];

/** Controls of a chart over time. */
export function TimeControls({ view, data, choice }: { view: TimeView; data: TableData; choice: TimeChoice }) {
  const { asFunnel, grains, grain, compare } = view;
  return (
    <div className="flex flex-wrap items-center gap-x-2.5 gap-y-2 px-4">
      {choice.kind === 'funnel' && (
        <Segmented label="Shape" value={view.shape} options={shapes} onChange={view.setShape} />
      )}
      {choice.kind !== 'stacked' && !asFunnel && choice.measures.length > 1 && (
        <Select
          label="Show"
          shown={null}
          title={`Show ${words(data, choice.measures[view.measure] ?? [])}`}
          value={String(view.measure)}
          options={measureOptions(data, choice.measures)}
          onChange={(index) => view.setMeasure(Number(index))}
        />
      )}
      {grains.length > 1 && (
        <Segmented
          label="By"
          value={grain ?? 'day'}
          options={grains.map((value) => ({ value, title: grainTitles[value] }))}
          onChange={view.setGrain}
        />
      )}
      {!asFunnel && (
        <Select
          label="Moving average"
          shown="Average"
          title="Trailing moving average"
          value={view.average}
          options={averages}
          onChange={view.setAverage}
        />
      )}
      <Select
        label="Compare with"
        value={compare.mode}
        options={compareModes}
        disabled={view.series.points.length < 4}
        title="Compares the visible range; the same weeks a year ago are those 52 weeks before"
        onChange={(mode) => view.compareWith(compareModes.find(({ value }) => value === mode)?.value ?? 'off')}
      />
    </div>
  );
}

function measureOptions(data: TableData, groups: readonly (readonly number[])[]) {
  return groups.map((columns, index) => ({ value: String(index), title: words(data, columns) }));
}

const words = (data: TableData, columns: readonly number[]): string =>
  columns.map((column) => columnTitle(data.columns[column]?.name ?? '')).join(', ');
