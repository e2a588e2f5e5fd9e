import { rm } from 'node:fs/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { factSentence } from '../../contract/facts/facts';
import { generate } from '../testing/generation';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import { Warehouse } from '../warehouse/warehouse';

const outageDay = '2024-06-12';
const recipe = {
  rows: 40_000,
  start: '2024-01-01',
  end: '2024-12-31',
  teams: 60,
  users: 500,
  seed: 3,
  planted: {
    launch: { date: '2024-08-20', factor: 2 },
    outage: { date: outageDay },
    churn: { signedUp: '2024-03', date: '2024-09-15' },
  },
};

const noFacts = { launch: null, outage: null, churn: null };

async function openWith(run = recipe) {
  const workspace = await temporaryWorkspace();
  await generate(workspace, run);
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  const verdicts = async (mode: 'auto' | 'full' = 'auto') => {
    const { facts = [], mode: how } = await warehouse.refresh({ mode });
    return { how, of: Object.fromEntries(facts.map((fact) => [fact.fact, factSentence(fact)])), facts };
  };
  return { workspace, warehouse, verdicts };
}

const launchName = 'launch 2024-08-20';
const outageName = `outage ${outageDay}`;

test('every refresh tells which facts it has found, and records it', async () => {
  const { warehouse, verdicts } = await openWith();
  const first = await verdicts('full');
  expect(first.of).toMatchObject({
    [launchName]: expect.stringMatching(/^Launch 2024-08-20: \+\d+(\.\d)?%, planted \+100%: found$/),
    [outageName]: expect.stringMatching(/^Outage 2024-06-12: \d events, about \d+ expected: found$/),
  });
  const again = await verdicts();
  expect(again).toMatchObject({ how: 'unchanged', of: first.of });
  const summary = await warehouse.refreshSummary(2);
  expect(summary?.facts).toEqual(first.facts);
  const { result } = await warehouse.console.run('test', 'SELECT * FROM fact_results');
  expect(result?.rows).toBe(2 * first.facts.length);
  expect((await warehouse.refreshHistory())[0]?.exports ?? []).toEqual([]);
  expect((await warehouse.refreshHistory())[1]?.exports).toContain('exports/fact_results.parquet');
});

test('the SQL of a result runs in the console and returns the recorded row', async () => {
  const { warehouse, verdicts } = await openWith();
  const { facts } = await verdicts();
  const shown = facts.filter(({ verdict }) => verdict !== 'hidden');
  expect(shown.length).toBeGreaterThan(1);
  for (const { sql } of shown) {
    const { result } = await warehouse.console.run('test', sql);
    expect(result?.rows).toBe(1);
  }
});

describe('a fact is hidden, never found, where', () => {
  test('its day has been deleted', async () => {
    const { warehouse, verdicts } = await openWith();
    await verdicts();
    await warehouse.days.change((days) => days.remove([outageDay]));
    const { of } = await verdicts();
    expect(of[outageName]).toBe(`Outage ${outageDay}: hidden, the events of ${outageDay} have been deleted`);
    expect(of[launchName]).toMatch(/: found$/);
  });

  test('most of the days around it have been deleted', async () => {
    const { warehouse, verdicts } = await openWith();
    await warehouse.days.change((days) =>
      days.remove(['2024-06-05', '2024-06-19', '2024-05-29', '2024-06-26', '2024-06-01', '2024-06-02', '2024-06-03']),
    );
    expect((await verdicts()).of[outageName]).toMatch(/hidden, the events of 2024-05-29 have been deleted$/);
  });

  test('another run has events on the same days, and found where that run has the same fact', async () => {
    const { workspace, verdicts } = await openWith();
    await generate(workspace, { ...recipe, seed: 4 });
    expect((await verdicts()).of[outageName]).toMatch(/: found$/);
    await generate(workspace, { ...recipe, rows: 4_000, seed: 5, planted: noFacts });
    const { of } = await verdicts();
    expect(of[outageName]).toMatch(/hidden, another run has events on 2024-06-12 as well$/);
    expect(of[launchName]).toMatch(/hidden, another run has events on 2024-08-13 as well$/);
  });

  test('somebody has added or removed rows', async () => {
    const { workspace, verdicts } = await openWith();
    await writeEvents(workspace, [{ at: `${outageDay} 10:00:00` }], 'mine');
    expect((await verdicts()).of[outageName]).toMatch(/hidden, 2024-06-12 has 1 row more than were generated$/);
  });

  test('only some shards are there', async () => {
    const workspace = await temporaryWorkspace();
    await generate(workspace, { ...recipe, shard: { part: 1, of: 2 } });
    const warehouse = await Warehouse.open(workspace, modelsFolder);
    onTestFinished(() => warehouse.close());
    const { facts = [] } = await warehouse.refresh();
    expect(facts.map(({ verdict }) => verdict)).not.toContain('found');
    await generate(workspace, { ...recipe, shard: { part: 2, of: 2 } });
    const whole = (await warehouse.refresh()).facts ?? [];
    expect(whole.find(({ kind }) => kind === 'outage')?.verdict).toBe('found');
  });

  test('the data ends too early', async () => {
    const launch = { date: '2024-12-28', factor: 2 };
    const { verdicts } = await openWith({ ...recipe, planted: { ...recipe.planted, launch } });
    expect((await verdicts()).of['launch 2024-12-28']).toMatch(/hidden, there is too little data to measure it$/);
  });
});

test('a run that replaces everything takes its facts along', async () => {
  const { workspace, verdicts } = await openWith();
  await verdicts();
  await generate(workspace, { rows: 3_000, start: '2024-01-01', end: '2024-03-01', mode: 'replace' });
  expect((await verdicts()).facts).toEqual([]);
});

test('the same facts are detected where no run log says that they were planted', async () => {
  const { workspace, warehouse } = await openWith();
  await rm(workspace.runLog);
  const { facts = [] } = await warehouse.refresh();
  expect(facts.map(({ verdict }) => verdict)).toEqual(facts.map(() => 'detected'));
  expect(facts.map(({ kind, date }) => [kind, date])).toContainEqual(['outage', outageDay]);
  const launch = facts.find(({ kind }) => kind === 'launch');
  expect(Math.abs(Date.parse(launch?.date ?? '') - Date.parse('2024-08-20'))).toBeLessThan(14 * 86_400_000);
});
