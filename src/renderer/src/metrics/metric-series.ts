import { chooseChart, measureNamedBy, type ChartChoice } from '../charts/chart-choice';
import type { TimeSeries } from '../charts/data/series';
import { linesOf, stackOf } from '../charts/data/series-of';
import type { TableData } from '../charts/data/table-data';
import { mergeOf, type Merge } from '../charts/data/transform';

export type TimeChoice = Extract<ChartChoice, { kind: 'line' | 'stacked' | 'funnel' }>;

/** The chart that a metric opens with: lines of one scale, or a stack. */
export interface MainSeries {
  readonly series: TimeSeries;
  readonly stacked: boolean;
  /** How finer values are merged into one of a coarser grain. */
  readonly merge: (name: string) => Merge;
  /** The column of the stack's parts; null for lines. */
  readonly category: string | null;
}

/**
 * The main series of a metric over time; null if it has no time.
 * @param metric its name, which decides between several measures
 */
export function mainSeriesOf(data: TableData, metric: string): MainSeries | null {
  const choice = chooseChart(data);
  if (choice.kind !== 'line' && choice.kind !== 'stacked' && choice.kind !== 'funnel') return null;
  return seriesOfChoice(data, choice, choice.kind === 'stacked' ? 0 : measureNamedBy(metric, data, choice.measures));
}

/**
 * One measure of a metric over time.
 * @param measure index into the measures of the choice; a stack has one
 */
export function seriesOfChoice(data: TableData, choice: TimeChoice, measure: number): MainSeries {
  const nameOf = (column: number) => data.columns[column]?.name ?? '';
  if (choice.kind === 'stacked') {
    const merge = mergeOf(nameOf(choice.value));
    return {
      series: stackOf(data, choice.time, choice.category, choice.value),
      stacked: true,
      merge: () => merge,
      category: nameOf(choice.category),
    };
  }
  const columns = choice.measures[measure] ?? choice.measures[0] ?? [];
  return { series: linesOf(data, choice.time, columns), stacked: false, merge: mergeOf, category: null };
}
