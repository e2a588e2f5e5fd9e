import { msPerDay } from '../../../contract/calendar';
import { daysBetween } from '../../../contract/calendar';
import { type Recipe } from '../../../contract/recipe';
import { factKinds } from '../../facts/kinds/kinds';
import { storyOf } from './story';

/** The weights of the days of the week, starting with Sunday. */
const weekdays = [0.5, 1.08, 1.12, 1.1, 1.06, 0.98, 0.58] as const;

/** Weights of holidays, by month and day. */
const holidays: Readonly<Record<string, number>> = {
  '01-01': 0.45,
  '05-01': 0.6,
  '12-24': 0.55,
  '12-25': 0.35,
  '12-26': 0.5,
  '12-31': 0.6,
};

/** Weight of the Friday after the fourth Thursday of November. */
const blackFriday = 1.7;

/** Growth per year, in units of the first day, and the most that a story grows. */
const growthPerYear = 0.8;
const mostGrowth = 4;

/**
 * The weight of a day relative to the others, before chance. Uses exact arithmetic only, so that it is the same on
 * every machine.
 */
export function dayWeight(recipe: Recipe, date: string): number {
  if (recipe.profile === 'uniform') return 1;
  const instant = new Date(Date.parse(date));
  const weekday = weekdays[instant.getUTCDay()] ?? 1;
  const usual = growth(recipe, date) * weekday * holiday(instant);
  return factKinds.reduce((weight, { dayFactor }) => weight * dayFactor(recipe, date), usual);
}

/** Grows by the same amount each day, also after the end of the story. */
function growth(recipe: Recipe, date: string): number {
  const story = storyOf(recipe);
  const days = daysBetween(story.start, story.end);
  const gained = Math.min(mostGrowth, (growthPerYear * days) / 365);
  return 1 + (gained * (daysBetween(story.start, date) - 1)) / days;
}

function holiday(instant: Date): number {
  const [, month = '', day = ''] = instant.toISOString().slice(0, 10).split('-');
  const date = Number(day);
  if (month === '11' && instant.getUTCDay() === 5 && date >= 23 && date <= 29) return blackFriday;
  return holidays[`${month}-${day}`] ?? 1;
}

/**
 * Random events vary around a mean per day by about sqrt(mean), and products also have good and bad days.
 * @param mean expected rows of the day
 */
export function chance(recipe: Recipe, date: string, mean: number): number {
  const { seed, profile } = recipe;
  const day = Math.round((Date.parse(date) - Date.parse(storyOf(recipe).start)) / msPerDay);
  const byChance = mean > 0 ? 1 / Math.sqrt(mean) : 0;
  const spread = profile === 'realistic' ? Math.sqrt(byChance ** 2 + 0.04 ** 2) : byChance;
  return Math.max(0.01, 1 + spread * standardNormal(seed, day));
}

/** Sum of twelve uniforms less six: close to normal. */
function standardNormal(seed: number, day: number): number {
  let sum = -6;
  for (let draw = 0; draw < 12; draw += 1) sum += mix(mix(seed) ^ mix(day * 12 + draw)) / 2 ** 32;
  return sum;
}

/** Scrambles 32 bits (the finalizer of MurmurHash3). */
function mix(value: number): number {
  let bits = (value + 0x9e3779b9) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
