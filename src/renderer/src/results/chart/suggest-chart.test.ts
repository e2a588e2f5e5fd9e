import { describe, expect, it } from 'vitest';
import { axisTitles, chartIn, suggestChart, withChart } from './suggest-chart';

const column = (name: string, type: string) => ({ name, type });

describe('suggestChart', () => {
  it('draws measures over time', () => {
    const columns = [column('team_id', 'BIGINT'), column('week', 'DATE'), column('revenue', 'DECIMAL(18,2)')];
    expect(suggestChart(columns)).toMatchObject({ kind: 'line', x: 1, y: 2, aggregate: 'sum' });
  });

  it('compares categories, counts what has no measure, and sets numbers against each other', () => {
    expect(suggestChart([column('name', 'VARCHAR'), column('n', 'BIGINT')])).toMatchObject({ kind: 'bar', x: 0, y: 1 });
    expect(suggestChart([column('name', 'VARCHAR'), column('user_id', 'BIGINT')])).toMatchObject({
      y: null,
      aggregate: 'count',
    });
    expect(suggestChart([column('a', 'DOUBLE'), column('b', 'DOUBLE')])).toMatchObject({ kind: 'scatter', x: 0, y: 1 });
    expect(suggestChart([column('list', 'INTEGER[]')])).toMatchObject({ kind: 'bar', aggregate: 'count' });
  });
});

describe('the measure of a suggested chart', () => {
  it.each([
    [['events', 'users'], 'events', 'sum'],
    [['events', 'distinct_products', 'revenue'], 'revenue', 'sum'],
    [['weekly_active_teams'], 'weekly_active_teams', 'average'],
    [['conversion', 'n'], 'n', 'sum'],
    [['price', 'quantity'], 'quantity', 'sum'],
    [['user_id', 'average_price'], 'average_price', 'average'],
  ])('of %j is %s, as %s', (names, measure, aggregate) => {
    const typeOf = (name: string) => (name === 'revenue' ? 'DECIMAL(18,2)' : 'BIGINT');
    const columns = [column('day', 'DATE'), ...names.map((name) => column(name, typeOf(name)))];
    const chart = suggestChart(columns);
    expect([columns[chart.y ?? 0]?.name, chart.aggregate]).toEqual([measure, aggregate]);
  });

  it('names the axes', () => {
    const columns = [column('day', 'DATE'), column('revenue', 'DOUBLE')];
    expect(axisTitles(suggestChart(columns), columns)).toEqual({ x: 'day', y: 'sum of revenue' });
  });
});

describe('a chart in the text of its query', () => {
  const columns = [column('day', 'DATE'), column('a "b", c', 'BIGINT'), column('kind', 'VARCHAR')];
  const chart = { kind: 'area', x: 0, y: 1, aggregate: 'average', series: 2 } as const;

  it('comes back as it was, whatever the columns are called', () => {
    expect(chartIn(withChart('SELECT 1', chart, columns), columns)).toEqual(chart);
  });

  it('takes the place of the one before and leaves the rest alone', () => {
    const once = withChart('-- mine\nSELECT 1', chart, columns);
    const twice = withChart(once, { ...chart, kind: 'bar', y: null, aggregate: 'count', series: null }, columns);
    expect(twice).toBe('-- chart: bar, x "day", count\n-- mine\nSELECT 1');
  });

  it('is none where a column is gone', () => {
    expect(chartIn(withChart('SELECT 1', chart, columns), columns.slice(0, 2))).toBeNull();
    expect(chartIn('SELECT 1', columns)).toBeNull();
  });
});
