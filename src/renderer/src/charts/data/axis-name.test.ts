import { expect, it } from 'vitest';
import { axisNameOf } from './axis-name';

it.each([
  [['daily_active_users'], 'daily active users'],
  [['daily_users', 'weekly_users', 'monthly_users'], 'users'],
  [['daily_active_users', 'weekly_active_users'], 'active users'],
  [['viewed', 'added_to_cart', 'purchased'], 'viewed, added to cart, purchased'],
  [['users', 'active_users'], 'users'],
  [[], ''],
])('the axis of %j is named %j', (names, title) => {
  expect(axisNameOf(names)).toBe(title);
});

it('a title is never longer than a narrow chart', () => {
  expect(axisNameOf(['a'.repeat(40), 'b'.repeat(40)])).toHaveLength(60);
});
