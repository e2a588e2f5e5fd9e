import { describe, expect, it } from 'vitest';
import { plainNews, timeNews, worstFirst, type MetricNews } from './metric-news';

const day = 86_400_000;
const begin = Date.parse('2025-01-06');
const seriesOf = (step: number, ...values: (number | null)[]) => ({
  names: ['n'],
  points: values.map((value, index) => ({ time: begin + index * step * day, values: [value] })),
});

describe('news of a metric', () => {
  it('compare the last whole week with the one before', () => {
    const days = { first: begin, last: begin + 4 * 7 * day + 2 * day, missing: [] };
    expect(timeNews(seriesOf(7, 10, 20, 30, 24, 3), false, days)).toMatchObject({
      value: 24,
      time: begin + 3 * 7 * day,
      change: -0.2,
      against: 'on the week before',
      course: [10, 20, 30, 24],
    });
    expect(timeNews(seriesOf(7, 10, 20, 30, 24, 3), false, null)).toMatchObject({ value: 3, change: -0.875 });
  });

  it('compare days as weeks: a weekend is no news', () => {
    const week = [10, 10, 10, 10, 10, 2, 2];
    const news = timeNews(seriesOf(1, ...week, ...week), false, null);
    expect(news).toMatchObject({ value: 2, change: 0, against: 'on the 7 days before' });
    expect(timeNews(seriesOf(1, 1, 2, 3), false, null).change).toBeNull();
  });

  it('of a stack are those of its total', () => {
    const points = [1, 2].map((value, index) => ({ time: begin + index * 7 * day, values: [value, 10, null] }));
    expect(timeNews({ names: ['a', 'b', 'c'], points }, true, null)).toMatchObject({ value: 12, of: 'total' });
    expect(timeNews({ names: [], points: [] }, true, null)).toMatchObject({ value: null, change: null, course: [] });
  });

  it('of names are the first, of cohorts their average', () => {
    const table = (columns: readonly string[], rows: readonly (readonly number[])[]) => ({
      columns: columns.map((name) => ({ name, type: 'BIGINT' })),
      rows: rows.length,
      text: (row: number, column: number) => String(rows[row]?.[column]),
      number: (row: number, column: number) => rows[row]?.[column] ?? null,
    });
    expect(plainNews(table(['team_id', 'events'], [[34, 9], [7, 5]]), { kind: 'bar', label: 0, values: [1] }, null)).toMatchObject({ value: 9, of: 'events, team 34', course: [9, 5] }); // prettier-ignore
    const cohorts = table(['month', 'months_since', 'kept'], [[0, 0, 1], [0, 6, 0.5], [1, 0, 1], [1, 6, 0.3]]); // prettier-ignore
    expect(plainNews(cohorts, { kind: 'cohort', start: 0, age: 1, value: 2 }, null)).toMatchObject({ value: 0.4, of: 'kept after 6 months, on average', course: [1, 0.4] }); // prettier-ignore
  });
});

it('the worst news come first', () => {
  const card = (title: string, change: number | null, failed = false) => ({ title, failed, news: { change } as MetricNews }); // prettier-ignore
  const cards = [
    card('up', 0.5),
    card('none', null),
    card('fall', -0.4),
    card('a dip', -0.1),
    card('broken', null, true),
  ];
  expect(worstFirst(cards).map(({ title }) => title)).toEqual(['broken', 'fall', 'a dip', 'up', 'none']);
});
