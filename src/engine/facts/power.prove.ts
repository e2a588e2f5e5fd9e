import { expect, test } from 'vitest';
import { addDays } from '../../contract/calendar';
import { recipeSchema } from '../../contract/recipe';
import { loadFactFiles, placedProof } from '../models/fact-file';
import { withoutEnd } from '../sql/sql-comments';
import { plannedWarehouse } from '../testing/planned-warehouse';
import { modelsFolder } from '../testing/temporary-workspace';
import { factKind } from './kinds/kinds';
import { measure } from './measure';

/* Prints how many of some data sets show a launch of a given size: the table of docs/generator.md. */
const dataSets = Number(process.env['PROVE_POWER'] ?? 20);
const sizes = [100_000, 1_000_000, 10_000_000];
const factors = [1.05, 1.1, 1.15, 1.2, 1.3, 1.4, 1.5];

test.each(sizes)('launches in %i rows over three years', { timeout: 600_000 }, async (rows) => {
  const file = (await loadFactFiles(modelsFolder)).find(({ kind }) => kind === 'launch');
  if (!file) throw new Error('There is no proof of launches.');
  const found = new Map<number, { proven: number; detected: number }>();
  for (const factor of factors) {
    const counts = { proven: 0, detected: 0 };
    for (let seed = 1; seed <= dataSets; seed += 1) {
      const date = addDays('2023-05-01', (seed * 37) % 700);
      const recipe = recipeSchema.parse({ rows, seed, planted: { launch: { date, factor } } });
      const fact = factKind('launch').plantedIn(recipe);
      const connection = await plannedWarehouse(recipe);
      const [proof] = fact ? await measure(placedProof(file.proof, fact.where), connection) : [];
      const detected = await measure(withoutEnd(file.detector.sql), connection);
      if (fact && proof && factKind('launch').isFound(proof, fact)) counts.proven += 1;
      if (detected.length === 1) counts.detected += 1;
    }
    found.set(factor, counts);
    process.stdout.write(
      `${rows} rows, launch *${factor}: proven ${counts.proven}, detected ${counts.detected} of ${dataSets}\n`,
    );
  }
  expect(found.get(1.5)?.proven).toBe(dataSets);
});
