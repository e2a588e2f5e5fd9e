import { describe, expect, it } from 'vitest';
import type { Model } from '../../../contract/warehouse';
import { daysOfPeriod, filterConditions, markCondition, rowsBehindSql, sourceOf } from './rows-behind';

const at = (date: string) => Date.parse(date);

describe('the days of a period', () => {
  it('are those of its week or month', () => {
    expect(daysOfPeriod(at('2025-02-03'), 'week', 'week')).toEqual({ first: '2025-02-03', last: '2025-02-09' });
    expect(daysOfPeriod(at('2024-02-01'), 'month', 'day')).toEqual({ first: '2024-02-01', last: '2024-02-29' });
    expect(daysOfPeriod(at('2024-02-29'), 'day', 'day')).toEqual({ first: '2024-02-29', last: '2024-02-29' });
  });

  it('are those of the weeks that begin in a month, where the month is made of weeks', () => {
    expect(daysOfPeriod(at('2025-02-01'), 'month', 'week')).toEqual({ first: '2025-02-03', last: '2025-03-02' });
  });
});

describe('the rows behind a point', () => {
  it('are those of its days, its series and the filter', () => {
    const filter = { eventName: 'page_view', teamId: 34, platform: "i'os" };
    const conditions = [
      ...filterConditions(filter),
      markCondition('event_name', "it's"),
      markCondition('team_id', '7'),
    ];
    expect(rowsBehindSql('silver_events', { first: '2025-02-03', last: '2025-02-09' }, conditions)).toBe(
      `SELECT *
FROM "silver_events"
WHERE date BETWEEN DATE '2025-02-03' AND DATE '2025-02-09'
  AND event_name = 'page_view'
  AND team_id = 34
  AND json_extract_string(TRY_CAST(properties AS JSON), '$.platform') = 'i''os'
  AND "event_name" = 'it''s'
  AND "team_id" = 7;
`,
    );
    expect(rowsBehindSql('silver_events', { first: '2025-02-05', last: '2025-02-05' }, [])).toContain(
      "WHERE date = DATE '2025-02-05';",
    );
    expect(rowsBehindSql('silver_events', null, [])).toBe('SELECT *\nFROM "silver_events";\n');
    expect(markCondition('event_name', null)).toBe('"event_name" IS NULL');
  });

  it('come from the model that the metric counts, if it has days', () => {
    const model = (name: string, columns: readonly string[], dependsOn: readonly string[] = []) =>
      ({
        name,
        layer: name.startsWith('silver') ? 'silver' : 'gold',
        dependsOn,
        built: { columns: columns.map((column) => ({ name: column, type: 'DATE' })) },
      }) as unknown as Model;
    const models = [model('silver_purchases', ['date']), model('silver_team_months', ['month'])];
    expect(sourceOf(model('gold_a', [], ['silver_purchases']), models)).toBe('silver_purchases');
    expect(sourceOf(model('gold_b', [], ['silver_team_months']), models)).toBe('silver_events');
  });
});
