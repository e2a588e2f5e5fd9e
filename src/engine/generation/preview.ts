import type { Preview } from '../../contract/generation';
import { addDays, type Recipe } from '../../contract/recipe';
import { planDays } from './plan';

/** The rows that each week of a recipe will have, by its Monday; weeks without any are left out. */
export function previewRecipe(recipe: Recipe): Preview {
  const weeks = new Map<string, number>();
  for (const { date, rows } of planDays(recipe)) {
    const week = mondayOf(date);
    weeks.set(week, (weeks.get(week) ?? 0) + rows);
  }
  return { weeks: Array.from(weeks, ([week, rows]) => ({ week, rows })) };
}

function mondayOf(date: string): string {
  const sinceMonday = (new Date(Date.parse(date)).getUTCDay() + 6) % 7;
  return addDays(date, -sinceMonday);
}
