import { expect, onTestFinished, test } from 'vitest';
import { addDays } from '../../contract/calendar';
import { recipeSchema, type Recipe } from '../../contract/recipe';
import { generate } from '../testing/generation';
import { seededRandom, type SeededRandom } from '../testing/seeded-random';
import { modelsFolder, temporaryWorkspace } from '../testing/temporary-workspace';
import { Warehouse } from '../warehouse/warehouse';

/* The whole loop on real events: generate, refresh, prove. `npm run prove` sets the number of recipes and their rows. */
const recipes = Number(process.env['PROVE_LOOPS'] ?? 1);
const rows = Number(process.env['PROVE_LOOP_ROWS'] ?? 60_000);
const workers = [1, 2, 3];
const random = seededRandom('facts of events');
const cases = Array.from({ length: recipes }, (_, index) => ({ index, count: workers[index % workers.length] ?? 1 }));

/**
 * A year and a half with every kind of fact: few teams for the events, so that most teams of a month have their first
 * event in it.
 */
function recipeWithEverything({ below }: Pick<SeededRandom, 'below'>): Recipe {
  const start = addDays('2020-01-01', below(1_000));
  const dayAt = (day: number) => addDays(start, day);
  const signedUp = dayAt(100 + below(60)).slice(0, 7);
  return recipeSchema.parse({
    rows,
    start,
    end: dayAt(549),
    seed: below(1_000_000),
    // At least five teams sign up in a month.
    teams: 150,
    users: 600,
    planted: {
      launch: { date: dayAt(380 + below(40)), factor: 1.5 + below(10) / 10 },
      outage: { date: dayAt(200 + below(100)) },
      churn: { signedUp, date: dayAt(300 + below(60)) },
    },
  });
}

async function factsOf(recipe: Recipe, count: number) {
  const workspace = await temporaryWorkspace();
  await generate(workspace, { ...recipe, workers: count });
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  return (await warehouse.refresh()).facts ?? [];
}

test.each(cases)('loop $index with $count workers: launch and outage are found, nothing else is', async ({ count }) => {
  const recipe = recipeWithEverything(random);
  const facts = await factsOf(recipe, count);
  const told = JSON.stringify({
    recipe,
    facts: facts.map(({ sentence, verdict, reason }) => [sentence, verdict, reason]),
  });
  const verdicts = Object.fromEntries(facts.map(({ kind, verdict }) => [kind, verdict]));
  expect(verdicts, told).toMatchObject({ launch: 'found', outage: 'found' });
  // Of how few events a churning cohort is found is in the table of docs/generator.md.
  expect(['found', 'not found', 'hidden'], told).toContain(verdicts['churn']);
  if (process.env['PROVE_CHURN'] !== undefined)
    process.stdout.write(`churn at ${rows}: ${verdicts['churn']} ${told}\n`);
  expect(facts, told).toHaveLength(3);
});

test.each(cases)('loop $index without facts: nothing is detected', async ({ count }) => {
  const recipe = { ...recipeWithEverything(random), planted: { launch: null, outage: null, churn: null } };
  expect(await factsOf(recipe, count), JSON.stringify(recipe)).toEqual([]);
});
