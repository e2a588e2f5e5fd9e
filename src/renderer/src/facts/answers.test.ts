import { expect, test } from 'vitest';
import { plantEverything } from '../../../contract/plant-everything';
import { recipeSchema } from '../../../contract/recipe';
import { formatRecipe } from '../../../contract/recipe-line';
import { withoutAnswers } from './answers';

test('a recipe without answers names none of its facts and no mess', () => {
  const recipe = recipeSchema.parse({ rows: 1_000, start: '2024-01-01', end: '2024-12-31' });
  expect(withoutAnswers(formatRecipe(plantEverything(recipe)))).toBe(withoutAnswers(formatRecipe(recipe)));
  expect(withoutAnswers(formatRecipe(recipe))).toBe(formatRecipe(recipe));
});
