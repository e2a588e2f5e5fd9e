import type { Preview } from '../../../contract/generation';
import { mondayOf } from '../../../contract/calendar';
import { type Recipe } from '../../../contract/recipe';
import { knownFacts } from './facts';
import { planDays } from './plan';

/** The rows of each week of a recipe, by its Monday, and the known facts; weeks without rows are left out. */
export function previewRecipe(recipe: Recipe): Preview {
  const weeks = new Map<string, number>();
  for (const { date, rows } of planDays(recipe)) {
    const week = mondayOf(date);
    weeks.set(week, (weeks.get(week) ?? 0) + rows);
  }
  return {
    weeks: Array.from(weeks, ([week, rows]) => ({ week, rows })),
    firstDay: recipe.start,
    lastDay: recipe.end,
    facts: knownFacts(recipe),
  };
}
