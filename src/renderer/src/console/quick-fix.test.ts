import { expect, it } from 'vitest';
import { withCandidate } from './quick-fix';

const reserved = new Set(['order']);
const at = (column: number, line = 1) => ({ position: { line, column } });

it.each([
  ['SELECT * FROM silver_event', 'silver_event', at(15), 'silver_events', 'SELECT * FROM silver_events'],
  ['SELECT s.team FROM x s', 'team', at(8), 'team_id', 'SELECT s.team_id FROM x s'],
  ["SELECT 'team', team FROM x", 'team', at(16), 'team_id', "SELECT 'team', team_id FROM x"],
  ['SELECT 1,\n  TEAM\nFROM x', 'team', at(3, 2), 'team_id', 'SELECT 1,\n  team_id\nFROM x'],
  ['SELECT "Ful Name" FROM x', 'Ful Name', at(8), 'Full Name', 'SELECT "Full Name" FROM x'],
  ['SELECT ordr FROM x', 'ordr', at(8), 'order', 'SELECT "order" FROM x'],
  ['SELECT nam FROM a JOIN b', 'nam', at(8), 'a.name', 'SELECT a.name FROM a JOIN b'],
  ['SELECT user_id FROM x', 'user_id', at(8), 'user.id', 'SELECT "user.id" FROM x'],
  ['DROP TABLE silver_event', 'silver_event', {}, 'silver_events', 'DROP TABLE silver_events'],
])('%s', (sql, wrong, place, candidate, fixed) => {
  expect(withCandidate(sql, { fix: { wrong, candidates: [candidate] }, ...place }, candidate, reserved)).toBe(fixed);
});

it('leaves a text alone in which the name is not to be found, or more than once', () => {
  const fix = { wrong: 'a', candidates: ['b'] };
  expect(withCandidate('SELECT c', { fix, ...at(1) }, 'b', reserved)).toBeNull();
  expect(withCandidate('SELECT a, a', { fix }, 'b', reserved)).toBeNull();
});
