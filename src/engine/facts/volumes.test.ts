import { expect, test } from 'vitest';
import { loadFactFiles, placedProof } from '../models/fact-file';
import { withoutEnd } from '../sql/sql-comments';
import { plannedWarehouse } from '../testing/planned-warehouse';
import { randomRecipe, withVolumeFacts } from '../testing/random-facts';
import { seededRandom } from '../testing/seeded-random';
import { modelsFolder } from '../testing/temporary-workspace';
import { factKind } from './kinds/kinds';
import { measure } from './measure';

/* `npm run prove` sets the number of recipes; a few of them are part of the unit tests. */
const recipes = Number(process.env['PROVE_RECIPES'] ?? 5);
const sizes = [100_000, 300_000, 1_000_000, 3_000_000, 10_000_000];
const volumeKinds = ['launch', 'outage'] as const;

const cases = Array.from({ length: recipes }, (_, index) => ({ index, rows: sizes[index % sizes.length] ?? 0 }));
const random = seededRandom('facts of volumes');

test.each(cases)('recipe $index, $rows rows: each planted volume is proven, with day and size', async ({ rows }) => {
  const recipe = withVolumeFacts(randomRecipe(random, rows), random);
  const connection = await plannedWarehouse(recipe);
  const files = await loadFactFiles(modelsFolder);
  for (const name of volumeKinds) {
    const kind = factKind(name);
    const fact = kind.plantedIn(recipe);
    const file = files.find((candidate) => candidate.kind === name);
    if (!fact || !file) throw new Error(`No ${name} was planted.`);
    const [measurement] = await measure(placedProof(file.proof, fact.where), connection);
    const told = JSON.stringify({
      measurement,
      planted: recipe.planted,
      rows,
      seed: recipe.seed,
      days: [recipe.start, recipe.end],
    });
    expect(measurement && kind.isFound(measurement, fact), told).toBe(true);
  }
});

test.each(cases)('recipe $index, $rows rows, without facts: no detector finds anything', async ({ rows }) => {
  const recipe = randomRecipe(random, rows);
  const connection = await plannedWarehouse(recipe);
  for (const { kind, detector } of await loadFactFiles(modelsFolder)) {
    const found = await measure(withoutEnd(detector.sql), connection);
    expect(found, JSON.stringify({ kind, rows, seed: recipe.seed, days: [recipe.start, recipe.end] })).toEqual([]);
  }
});

test('a proof that is told a day without a fact finds nothing', async () => {
  const recipe = randomRecipe(random, 1_000_000);
  const connection = await plannedWarehouse(recipe);
  const told = withVolumeFacts(recipe, random);
  for (const { kind, proof } of await loadFactFiles(modelsFolder)) {
    const fact = factKind(kind).plantedIn(told);
    if (!fact) continue;
    const [measurement] = await measure(placedProof(proof, fact.where), connection);
    expect(measurement && factKind(kind).isFound(measurement, fact), JSON.stringify({ measurement, fact })).toBe(false);
  }
});
