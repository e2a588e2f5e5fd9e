import { expect, it } from 'vitest';
import { modelTitle } from './model-title';

it('drops the layer and the underscores', () => {
  expect(modelTitle({ name: 'gold_weekly_active_teams', layer: 'gold' })).toBe('Weekly active teams');
  expect(modelTitle({ name: 'revenue', layer: 'gold' })).toBe('Revenue');
});
