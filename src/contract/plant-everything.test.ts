import { expect, it } from 'vitest';
import { plantEverything } from './plant-everything';
import { recipeSchema } from './recipe';
import { formatRecipe, parseRecipe } from './recipe-line';

it.each([
  ['2023-01-01', '2025-12-31', true],
  ['2025-01-01', '2025-02-28', true],
  ['2025-01-31', '2025-02-02', true],
  ['2025-01-01', '2025-01-02', false],
  ['2025-03-01', '2025-03-01', false],
])('plants every fact and every kind of mess from %s to %s', (start, end, churns) => {
  const recipe = plantEverything(recipeSchema.parse({ start, end, profile: 'uniform' }));
  expect(recipeSchema.parse(recipe)).toEqual(recipe);
  expect(parseRecipe(formatRecipe(recipe))).toEqual(recipe);
  const { churn, ...facts } = recipe.planted;
  expect(Object.values({ ...facts, ...recipe.mess }).every(Boolean)).toBe(true);
  expect(churn !== null, 'in a few days nobody signs up early enough').toBe(churns);
});
