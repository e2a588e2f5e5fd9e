import { endOf, startOf } from '../../charts/data/transform';
import { otherName } from '../../charts/data/colours';
import type { Chart, ChartData, ResultFilter } from '../../../../contract/result-work';
import { placeText } from './place-text';

/** The filter for rows of one category or series; null if its label is not its value. */
function labelFilter(column: number, label: string): ResultFilter | null {
  if (label === 'NULL') return { column, operator: 'is null', value: '' };
  if (label === '“NULL”') return { column, operator: 'equals', value: 'NULL' };
  return label.endsWith('…') ? null : { column, operator: 'equals', value: label.trimEnd() };
}

/**
 * The filters that leave the rows of one place of a chart; null where they can't be told apart from those of others.
 * @param x the place, as in the data
 */
export function placeFilters({ x: column }: Chart, data: ChartData, x: number): ResultFilter[] | null {
  const [, unit] = /\bBy (second|minute|hour|day|week|month|year)\b/.exec(data.note ?? '') ?? [];
  if (data.axis === 'category') {
    const filter = labelFilter(column, data.labels[x] ?? '');
    return filter && [filter];
  }
  if (data.axis === 'instant' || /\bIn \d+ equal steps|\bBy [\d,]+ years/.test(data.note ?? '')) return null;
  if (unit === undefined) return [{ column, operator: 'equals', value: data.axis === 'time' ? timeOf(x) : String(x) }];
  if (unit !== 'day' && unit !== 'week' && unit !== 'month') return null;
  const start = startOf(x, unit);
  return [
    { column, operator: 'at least', value: timeOf(start) },
    { column, operator: 'less', value: timeOf(endOf(start, unit)) },
  ];
}

const timeOf = (time: number): string => placeText({ axis: 'time', labels: [] }, time);

/** The filter for rows of one series; null if it is that of all others. */
export function seriesFilter({ series }: Chart, name: string): ResultFilter | null {
  return series === null || name === otherName ? null : labelFilter(series, name);
}
