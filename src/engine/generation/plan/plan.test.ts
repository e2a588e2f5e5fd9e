import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysBetween } from '../../../contract/calendar';
import { profiles, recipeSchema, type Recipe } from '../../../contract/recipe';
import { apportion, chunkLimits, planChunks, planDays, rowsOf } from './plan';

const firstDay = Date.UTC(1990, 0, 1);
const dayText = (day: number) => new Date(firstDay + day * 86_400_000).toISOString().slice(0, 10);

const recipes: fc.Arbitrary<Recipe> = fc
  .record({
    rows: fc.oneof(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 1_000_000_000 })),
    start: fc.integer({ min: 0, max: 20_000 }),
    days: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 8_000 })),
    seed: fc.integer({ min: 0, max: 4_294_967_295 }),
    profile: fc.constantFrom(...profiles),
  })
  .map(({ rows, start, days, seed, profile }) =>
    recipeSchema.parse({ rows, start: dayText(start), end: dayText(start + days - 1), seed, profile }),
  );

describe('planDays', () => {
  it('gives out exactly the rows of the recipe, numbered without gaps, on days of its range in order', () => {
    fc.assert(
      fc.property(recipes, (recipe) => {
        let next = 0;
        let previous = '';
        for (const { date, firstRow, rows } of planDays(recipe)) {
          expect(date > previous && date >= recipe.start && date <= recipe.end).toBe(true);
          expect(firstRow).toBe(next);
          expect(rows).toBeGreaterThan(0);
          previous = date;
          next += rows;
        }
        expect(next).toBe(recipe.rows);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves no day empty as long as there are rows enough', () => {
    fc.assert(
      fc.property(recipes, (recipe) => {
        const days = daysBetween(recipe.start, recipe.end);
        expect(planDays(recipe).length === days || recipe.rows < days).toBe(true);
      }),
      { numRuns: 60 },
    );
    expect(planDays(recipeSchema.parse({ rows: 100_000 }))).toHaveLength(1096);
    expect(planDays(recipeSchema.parse({ rows: 1 }))).toHaveLength(1);
  });

  it('spreads counts as chance does: about the square root of the mean around the mean', () => {
    const counts = planDays(recipeSchema.parse({ profile: 'uniform' })).map(({ rows }) => rows);
    const mean = 1_000_000 / 1096;
    const variance = counts.reduce((sum, rows) => sum + (rows - mean) ** 2, 0) / counts.length;
    expect(variance / mean).toBeGreaterThan(0.85);
    expect(variance / mean).toBeLessThan(1.15);
  });

  it('depends on the seed', () => {
    expect(planDays(recipeSchema.parse({ seed: 1 }))).not.toEqual(planDays(recipeSchema.parse({ seed: 2 })));
  });

  it('counts days over leap years and ends of months', () => {
    const plan = planDays(recipeSchema.parse({ rows: 4, start: '2024-02-28', end: '2024-03-02' }));
    expect(plan.map(({ date }) => date)).toEqual(['2024-02-28', '2024-02-29', '2024-03-01', '2024-03-02']);
  });
});

describe('planChunks', () => {
  it('puts every day in exactly one chunk, in order, within the limits', () => {
    fc.assert(
      fc.property(recipes, (recipe) => {
        const chunks = planChunks(recipe);
        expect(chunks.flatMap(({ days }) => days)).toEqual(planDays(recipe));
        expect(chunks.map(({ index }) => index)).toEqual(chunks.map((_, index) => index));
        for (const chunk of chunks) {
          expect(chunk.days.length).toBeLessThanOrEqual(chunkLimits.days);
          expect(chunk.days.length === 1 || rowsOf(chunk) <= chunkLimits.rows).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('makes the last chunks smaller, so that eight workers who each take the next one end at about the same time', () => {
    const sizes = planChunks(recipeSchema.parse({ rows: 10_000_000 })).map(rowsOf);
    const due = Array<number>(8).fill(0);
    for (const rows of sizes) {
      due.sort((a, b) => a - b);
      due.push((due.shift() ?? 0) + rows);
    }
    expect(Math.max(...due) / (10_000_000 / 8)).toBeLessThan(1.05);
    // With chunks of equal size, the last would keep one worker busy for a tenth of the time after the others.
    expect(Math.max(...sizes.slice(-3))).toBeLessThan(chunkLimits.rows / 3);
  });
});

describe('apportion', () => {
  it('gives out the whole total, each share within one of its due', () => {
    const weights = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), weights, (total, parts) => {
        const sum = parts.reduce((a, b) => a + b, 0);
        const counts = apportion(total, parts);
        expect(counts.reduce((a, b) => a + b, 0)).toBe(total);
        for (const [index, count] of counts.entries()) {
          expect(Math.abs(count - (total * (parts[index] ?? 0)) / sum)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
