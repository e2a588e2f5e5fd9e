import { expect, it } from 'vitest';
import type { Check } from '../../../contract/refresh-summary';
import { checksOf } from './checks-of';

const check = (name: string, ...dependsOn: string[]): Check => ({
  name,
  dependsOn,
  severity: 'error',
  scope: 'day',
  kept: null,
  summary: '',
  sql: '',
  trinoSql: null,
  result: null,
});

it('gives each check to the models that it looks at, and those of the days to the first layer', () => {
  const models = [{ name: 'bronze_events' }, { name: 'silver_events' }, { name: 'gold_a' }];
  const checks = [
    check('of bronze', 'bronze_events'),
    check('of days', 'refresh_days'),
    check('of days and gold', 'refresh_days', 'gold_a'),
    check('of silver', 'silver_events'),
  ];
  const namesOf = (name: string, layer: 'bronze' | 'silver' | 'gold') =>
    checksOf({ name, layer }, models, checks).map((found) => found.name);
  expect(namesOf('bronze_events', 'bronze')).toEqual(['of bronze', 'of days']);
  expect(namesOf('silver_events', 'silver')).toEqual(['of silver']);
  expect(namesOf('gold_a', 'gold')).toEqual(['of days and gold']);
});
