import { expect, it } from 'vitest';
import type { FactResult } from '../../../contract/facts/facts';
import type { KnownFact, PastRun } from '../../../contract/generation';
import type { RefreshChange } from '../../../contract/refresh-summary';
import { defaultFormats as formats } from '../format/formats';
import { changeMarks, factMarks } from './annotations';

const at = (date: string) => Date.parse(date);

function run(mode: 'append' | 'replace', ...facts: KnownFact[]): PastRun {
  return { status: 'succeeded', request: { mode }, facts } as unknown as PastRun;
}

const days = { grain: 'day', own: 'day' } as const;
const weeks = { grain: 'week', own: 'week' } as const;

const shown = { results: [], isShown: () => true };

const outage: KnownFact = { kind: 'outage', date: '2025-01-08', label: 'Outage', text: 'almost no events' };

it('marks planted facts at the period that they lie in, and forgets those of replaced data', () => {
  const everywhere: KnownFact = { kind: 'mess', date: null, label: 'Mess', text: '1% of rows have no user' };
  const launch: KnownFact = { kind: 'launch', date: '2025-01-10', label: 'Launch ×2', text: 'many events' };
  const runs = [run('append', launch, everywhere), run('replace', outage), run('append', { ...outage, text: 'Gone' })];
  expect(factMarks({ runs, ...shown }, weeks, formats)).toEqual([
    { time: at('2025-01-06'), kind: 'fact', label: 'Launch ×2', text: '2025-01-10: many events', date: '2025-01-10' },
    { time: at('2025-01-06'), kind: 'fact', label: 'Outage', text: '2025-01-08: almost no events', date: '2025-01-08' },
  ]);
  expect(factMarks({ runs, ...shown }, days, formats).map(({ time }) => time)).toEqual([
    at('2025-01-08'),
    at('2025-01-10'),
  ]);
});

it('marks a fact at the month that its week begins in, where months are put together from weeks', () => {
  const runs = [run('append', { ...outage, date: '2025-01-02' })];
  expect(factMarks({ runs, ...shown }, { grain: 'month', own: 'week' }, formats).map(({ time }) => time)).toEqual([
    at('2024-12-01'),
  ]);
  expect(factMarks({ runs, ...shown }, { grain: 'month', own: 'day' }, formats).map(({ time }) => time)).toEqual([
    at('2025-01-01'),
  ]);
});

it('says of a planted fact what the refresh found, marks a detected one, and neither while it is hidden', () => {
  const result = (fact: Partial<FactResult>) => ({ kind: 'outage', sentence: '3 events', ...fact }) as FactResult;
  const runs = [run('append', outage)];
  const results = [
    result({ verdict: 'found', date: '2025-01-08' }),
    result({ verdict: 'detected', date: '2025-02-03', fact: 'detected outage 2025-02-03' }),
  ];
  expect(factMarks({ runs, results, isShown: () => true }, days, formats)).toMatchObject([
    { label: 'Outage', text: '2025-01-08: almost no events (found)' },
    { label: 'Detected outage', text: 'Detected: 3 events', date: '2025-02-03' },
  ]);
  expect(factMarks({ runs, results, isShown: () => false }, days, formats)).toEqual([]);
});

it('marks what a refresh changed in this metric, or says how much it was', () => {
  const change = (period: string, model = 'gold_x') =>
    ({ model, period, kind: 'changed', before: [], after: [], causedBy: [] }) as unknown as RefreshChange;
  expect(changeMarks([change('2025-01-06'), change('2025-01-06', 'gold_y')], 3, 'gold_x', weeks, formats)).toEqual({
    marks: [
      { time: at('2025-01-06'), kind: 'change', label: 'changed', text: 'Refresh 3 changed 2025-01-06', date: null },
    ],
    note: null,
  });
  const many = Array.from({ length: 13 }, (_, day) => change(`2025-01-${String(day + 10)}`));
  expect(changeMarks(many, 3, 'gold_x', days, formats)).toEqual({
    marks: [],
    note: 'Refresh 3 changed 13 of these periods',
  });
});
