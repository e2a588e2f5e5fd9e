import { describe, expect, it } from 'vitest';
import type { Chart, ChartData } from '../../../../contract/result-work';
import { placeFilters, seriesFilter } from './point-filters';

const chart: Chart = { kind: 'bar', x: 2, y: 1, aggregate: 'sum', series: 4 };
const data = (rest: Partial<ChartData>): ChartData => ({ axis: 'category', labels: [], series: [], note: null, sql: '', ...rest }); // prettier-ignore

describe('the rows of a place', () => {
  it('are those of its category, also of NULL and of a text that reads the same', () => {
    const labels = ['NULL', '“NULL”', 'a b', `${'x'.repeat(200)}…`];
    const filters = labels.map((_, x) => placeFilters(chart, data({ labels }), x));
    expect(filters).toEqual([
      [{ column: 2, operator: 'is null', value: '' }],
      [{ column: 2, operator: 'equals', value: 'NULL' }],
      [{ column: 2, operator: 'equals', value: 'a b' }],
      null,
    ]);
  });

  it('are those of its step in time', () => {
    const at = Date.parse('2025-02-03T00:00:00Z');
    expect(placeFilters(chart, data({ axis: 'time' }), at)).toEqual([{ column: 2, operator: 'equals', value: '2025-02-03' }]); // prettier-ignore
    expect(placeFilters(chart, data({ axis: 'time', note: 'By week · 1 row left out' }), at)).toEqual([
      { column: 2, operator: 'at least', value: '2025-02-03' },
      { column: 2, operator: 'less', value: '2025-02-10' },
    ]);
    expect(placeFilters(chart, data({ axis: 'time', note: 'By 10 years' }), at)).toBeNull();
  });

  it('are those of its number, unless it shares its place', () => {
    expect(placeFilters(chart, data({ axis: 'number' }), 1.5)).toEqual([{ column: 2, operator: 'equals', value: '1.5' }]); // prettier-ignore
    expect(placeFilters(chart, data({ axis: 'number', note: 'In 200 equal steps' }), 1.5)).toBeNull();
  });
});

it('the rows of a series are those of its name; those of all others have none', () => {
  expect(seriesFilter(chart, 'ios')).toEqual({ column: 4, operator: 'equals', value: 'ios' });
  expect(seriesFilter(chart, 'Other')).toBeNull();
  expect(seriesFilter({ ...chart, series: null }, 'rows')).toBeNull();
});
