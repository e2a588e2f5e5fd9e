import { expect, test } from 'vitest';
import type { FactResult } from '../contract/facts/facts';
import type { RefreshLogEntry } from '../contract/warehouse';
import { workspaceAt } from '../engine/workspace';
import { describeRefresh, withoutAnswers } from './refresh';

const outage: FactResult = {
  fact: 'outage 2025-02-05',
  kind: 'outage',
  verdict: 'found',
  reason: null,
  runId: 'r1',
  date: '2025-02-05',
  scope: null,
  planted: 0.02,
  measured: 0.014,
  margin: 0.01,
  observed: 21,
  expected: 1_500,
  confidence: 30,
  firstDay: '2025-02-05',
  lastDay: '2025-02-05',
  sentence: 'Outage 2025-02-05: 21 events, about 1,500 expected',
  sql: 'SELECT 1',
};

const entry: RefreshLogEntry = {
  refreshId: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
  finishedAt: '2026-01-01T00:00:01.000Z',
  status: 'succeeded',
  modelRows: {},
  files: 1,
  bytes: 1,
  exports: ['exports/gold_a.parquet', 'exports/fact_results.parquet'],
  facts: [outage, { ...outage, verdict: 'hidden', reason: 'the events of 2025-02-05 have been deleted' }],
};

test('a refresh tells what it found of planted facts', () => {
  expect(describeRefresh(entry, workspaceAt('/w'))).toEqual(
    expect.arrayContaining([
      '  fact: Outage 2025-02-05: 21 events, about 1,500 expected: found',
      '  fact: Outage 2025-02-05: 21 events, about 1,500 expected: hidden, the events of 2025-02-05 have been deleted',
    ]),
  );
});

test('with hidden answers nothing about facts is told', () => {
  const told = [JSON.stringify(withoutAnswers(entry)), ...describeRefresh(withoutAnswers(entry), workspaceAt('/w'))];
  expect(told.join('\n')).not.toMatch(/fact|outage/i);
  expect(told.join('\n')).toContain('gold_a.parquet');
});
