import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween } from './calendar';
import { compressions, eventNames, profiles, recipeSchema, recordedRecipeSchema } from './recipe';
import { formatRecipe, parseRecipe } from './recipe-line';

const rate = fc.integer({ min: 0, max: 500 }).map((thousandths) => thousandths / 1000);
const [start, end] = ['2020-01-01', '2022-12-31'];
const laterDay = fc.integer({ min: 31, max: daysBetween(start, end) - 1 });
const date = laterDay.map((day) => addDays(start, day));
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

const recipes = fc
  .record({
    profile: fc.constantFrom(...profiles),
    rows: fc.integer({ min: 1, max: 1_000_000_000 }),
    users: fc.integer({ min: 1, max: 100_000_000 }),
    seed: fc.integer({ min: 0, max: 4_294_967_295 }),
    weights: fc.dictionary(fc.constantFrom(...eventNames), fc.integer({ min: 1, max: 100 }).map((n) => n / 10)),
    launch: orNull(fc.record({ date, factor: fc.integer({ min: 11, max: 100 }).map((n) => n / 10) })),
    outage: orNull(fc.record({ date })),
    churn: orNull(laterDay.map((day) => ({ signedUp: addDays(start, day - 31).slice(0, 7), date: addDays(start, day) }))),
    mess: fc.record({ nullUsers: rate, duplicates: rate, malformedJson: rate, schemaDrift: orNull(fc.record({ date, rate: rate.map((r) => r + 0.001) })) }),
    compression: fc.constantFrom(...compressions),
    rowGroupRows: fc.constantFrom(2_048, 122_880, 1_000_000),
    continues: orNull(fc.constant({ start, end: '2020-12-31', firstRow: 12_345 })),
  })
  .map(({ launch, outage, churn, ...recipe }) => {
    const planted = recipe.profile === 'realistic' ? { launch, outage, churn } : {};
    // A weight of 1 is not written: it says nothing.
    const weights = Object.fromEntries(Object.entries(recipe.weights).filter(([, weight]) => weight !== 1));
    return recipeSchema.parse({ ...recipe, start, end, weights, planted });
  }); // prettier-ignore

describe('the line of a recipe', () => {
  it('gives the same recipe again', () => {
    fc.assert(
      fc.property(recipes, (recipe) => {
        const line = formatRecipe(recipe);
        expect(line).not.toContain('\n');
        expect(parseRecipe(`  ${line}\n`)).toEqual(recipe);
      }),
    );
  });

  it('can be read by people', () => {
    const planted = { launch: { date: '2024-03-01', factor: 1.5 } };
    expect(formatRecipe(recipeSchema.parse({ planted, mess: { nullUsers: 0.01 }, weights: { purchase: 2 } }))).toBe(
      'mw1 realistic rows=1000000 days=2023-01-01..2025-12-31 users=100000 teams=1000 seed=42 ' +
        'weights=purchase:2 launch=2024-03-01*1.5 null-users=0.01',
    );
  });

  it('takes words in any order, and defaults for what is left out', () => {
    expect(parseRecipe('mw1 uniform seed=7 rows=10')).toEqual(
      recipeSchema.parse({ profile: 'uniform', seed: 7, rows: 10 }),
    );
  });

  it.each([
    ['', 'A recipe starts with mw1'],
    ['mw2 realistic', 'A recipe starts with mw1; this one starts with "mw2"'],
    ['mw1 random', '"random" isn\'t a profile.'],
    ['mw1 uniform rows', `"rows" can't be used`],
    ['mw1 uniform rows=', `"rows=" can't be used`],
    ['mw1 uniform rows==5', 'Rows must be a whole number'],
    ['mw1 uniform =5', `"=5" can't be used`],
    ['mw1 uniform rows=1 rows=2', `"rows=2" can't be used`],
    ['mw1 uniform colour=red', `"colour=red" can't be used`],
    ['mw1 uniform rows=0', 'Rows must be a whole number'],
    ['mw1 uniform days=2024-01-02..2024-01-01', "End can't be before start."],
    ['mw1 uniform launch=2024-01-01*2', 'need the realistic profile'],
    ['mw1 realistic weights=buy:2', `can't be used`],
    ['mw1 realistic weights=purchase:1:2', `"weights=purchase:1:2" can't be used`],
    ['mw1 realistic weights=purchase:2,purchase:3', `"weights=purchase:2,purchase:3" can't be used`],
    ['mw1 realistic weights=purchase', 'An event weight must be a number'],
    ['mw1 uniform constructor=1', `can't be used`],
    ['mw1 realistic launch=2026-01-01*2', 'Launch must be a date from 2023-01-01 to 2025-12-31.'],
    ['mw1 realistic outage=2022-12-31', 'Outage must be a date from 2023-01-01 to 2025-12-31.'],
    ['mw1 realistic churn=2024-02@2026-02-01', 'Churn must be a date from 2023-01-01'],
    [
      'mw1 realistic churn=2022-12@2024-02-01',
      'The sign-up month of the churning teams must be from 2023-01 to 2025-12',
    ],
    ['mw1 realistic churn=2024-03@2024-02-15', 'must sign up before they leave'],
    ['mw1 uniform schema-drift=2030-01-01*0.1', 'Schema drift must be a date from'],
  ])('says what is wrong with "%s"', (line, problem) => {
    expect(() => parseRecipe(line)).toThrow(problem);
  });

  it('keeps the facts of the days that it goes on from', () => {
    const line =
      'mw1 realistic rows=500 days=2024-01-01..2024-01-07 outage=2023-03-01 continues=2023-01-01..2023-12-31+900';
    expect(parseRecipe(line).planted.outage).toEqual({ date: '2023-03-01' });
  });

  it('refuses facts that nobody would find only where it is asked for, not where it was carried out', () => {
    const planted = { outage: { date: '2030-01-01' } };
    expect(recipeSchema.safeParse({ planted }).success).toBe(false);
    expect(recordedRecipeSchema.parse({ planted }).planted.outage).toEqual({ date: '2030-01-01' });
  });
});
