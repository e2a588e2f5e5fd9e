import { describe, expect, it } from 'vitest';
import type { ChartData } from '../../../../contract/result-work';
import { chartGaps, chartNote } from './chart-gaps';
import { defaultFormats as formats } from '../../format/formats';

const at = (day: string): [number, number] => [Date.parse(`${day}T00:00:00Z`), 1];

function chart(series: readonly (readonly string[])[], rest: Partial<ChartData> = {}): ChartData {
  const named = series.map((days, index) => ({ name: String(index), points: days.map(at) }));
  return { axis: 'time', labels: [], series: named, note: null, sql: '', ...rest };
}

describe('days without rows', () => {
  const days = ['2025-01-01', '2025-01-02', '2025-01-05', '2025-01-06', '2025-01-07'];

  it.each(['line', 'area', 'bar'] as const)('are marked and named on a %s chart', (kind) => {
    expect(chartNote(kind, chart([days]), formats)).toBe('2 days without rows: 2025-01-03 to 2025-01-04');
    expect(chartGaps(kind, chart([days]))).toEqual([
      { from: Date.parse('2025-01-02'), to: Date.parse('2025-01-05'), periods: 2 },
    ]);
  });

  it('are named after what the chart itself says', () => {
    expect(chartNote('line', chart([days], { note: 'By day' }), formats)).toBe(
      'By day · 2 days without rows: 2025-01-03 to 2025-01-04',
    );
  });

  it('are those that no series has a row for', () => {
    expect(chartNote('line', chart([days, ['2025-01-03']]), formats)).toBe('1 day without rows: 2025-01-04');
    expect(chartNote('line', chart([days, ['2025-01-03', '2025-01-04']]), formats)).toBeNull();
  });

  it('are none on axes without regular steps in time', () => {
    expect(chartNote('scatter', chart([days]), formats)).toBeNull();
    expect(chartNote('line', chart([days], { axis: 'number' }), formats)).toBeNull();
    expect(chartNote('line', chart([days], { axis: 'category', labels: days }), formats)).toBeNull();
    expect(chartNote('line', chart([['2025-01-01', '2025-01-04', '2025-03-01']]), formats)).toBeNull();
    expect(chartNote('line', chart([]), formats)).toBeNull();
  });
});
