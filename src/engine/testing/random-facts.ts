import { addDays } from '../../contract/calendar';
import { recipeSchema, type Recipe } from '../../contract/recipe';
import type { SeededRandom } from './seeded-random';

/** A recipe without facts, of 400 to 1,100 days. @param rows its number of events */
export function randomRecipe(random: SeededRandom, rows: number): Recipe {
  const start = addDays('2019-01-01', random.below(1_500));
  const days = 400 + random.below(700);
  return recipeSchema.parse({
    rows,
    start,
    end: addDays(start, days - 1),
    seed: random.below(1_000_000),
    teams: 50 + random.below(500),
    users: 2_000 + random.below(20_000),
    ...(random.next() < 0.3 && { mess: { nullUsers: 0.05 * random.next(), duplicates: 0.03 * random.next() } }),
  });
}

/**
 * The smallest launch that is found for certain, as the generator's documentation promises, by the events per day.
 * @param perDay average events per day over the whole range
 */
export function smallestLaunch(perDay: number): number {
  if (perDay < 150) return 1.4;
  return perDay < 1_500 ? 1.2 : 1.15;
}

/** Adds a launch and an outage on random days, the launch often as small as is promised to be found. */
export function withVolumeFacts({ rows, ...recipe }: Recipe, random: SeededRandom): Recipe {
  const days = Math.round((Date.parse(recipe.end) - Date.parse(recipe.start)) / 86_400_000) + 1;
  const launchDay = 120 + random.below(days - 240);
  // The proof of a launch looks at the weeks around it.
  const outageDay = launchDay > days / 2 ? 30 + random.below(60) : days - 30 - random.below(60);
  const smallest = smallestLaunch(rows / days);
  const factor = Number((random.next() < 0.5 ? smallest : smallest + 2 * random.next()).toFixed(2));
  return recipeSchema.parse({
    ...recipe,
    rows,
    planted: {
      launch: { date: addDays(recipe.start, launchDay), factor },
      outage: { date: addDays(recipe.start, outageDay) },
    },
  });
}
