import { addDays, daysBetween } from './calendar';
import type { Recipe } from './recipe';

/** Share of the rows of each kind of mess: enough to find, few enough to see the patterns of the data. */
const messRate = 0.01;
const driftRate = 0.1;
const launchFactor = 1.5;

/** Events of the sample workspace: enough for every chart to have a shape, few enough to take seconds. */
export const sampleRows = 100_000;

/**
 * A recipe with every planted fact and every kind of mess, on days spread over its range. It is realistic, because only
 * that profile has facts.
 */
export function plantEverything(recipe: Recipe): Recipe {
  const { start, end } = recipe;
  const dayAt = (share: number) => addDays(start, Math.floor((daysBetween(start, end) - 1) * share));
  const churn = { signedUp: dayAt(0.25).slice(0, 7), date: dayAt(0.6) };
  return {
    ...recipe,
    profile: 'realistic',
    planted: {
      launch: { date: dayAt(0.5), factor: launchFactor },
      outage: { date: dayAt(0.7) },
      // In a range of days, nobody signs up early enough to leave.
      churn: churn.date > `${churn.signedUp}-01` ? churn : null,
    },
    mess: {
      nullUsers: messRate,
      emptyProperties: messRate,
      duplicates: messRate,
      lateEvents: messRate,
      malformedJson: messRate,
      schemaDrift: { date: dayAt(0.8), rate: driftRate },
    },
  };
}
