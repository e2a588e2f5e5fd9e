import { describe, expect, it } from 'vitest';
import type { GenerationRequest } from '../../../contract/generation';
import { recipeSchema } from '../../../contract/recipe';
import { parseRecipe } from '../../../contract/recipe-line';
import { dayWithin, formOf, readForm } from './generate-form';
import { defaultFormats as formats } from '../format/formats';

const request: GenerationRequest = { recipe: recipeSchema.parse({}), workers: 2, mode: 'append', shard: null };
const form = formOf(request, formats);

describe('readForm', () => {
  it('reads what formOf wrote', () => {
    expect(readForm(form, formats)).toEqual({ request });
  });

  it('reads what formOf wrote of a recipe with everything in it', () => {
    const recipe = parseRecipe(
      'mw1 realistic rows=5000 days=2024-01-01..2024-12-31 users=50 teams=5 seed=7 weights=page_view:0.5,purchase:3 ' +
        'launch=2024-03-01*1.5 outage=2024-05-03 churn=2024-02@2024-08-01 null-users=0.015 empty-properties=0.01 ' +
        'duplicates=0.002 late-events=0.03 malformed-json=0.001 schema-drift=2024-06-01*0.07 compression=zstd ' +
        'row-group-rows=20480 continues=2023-01-01..2023-12-31+4000',
    );
    expect(readForm(formOf({ ...request, recipe }, formats), formats).request?.recipe).toEqual(recipe);
  });

  it('takes the separators that people type', () => {
    expect(readForm({ ...form, rows: ' 2_500 000 ' }, formats).request?.recipe.rows).toBe(2_500_000);
    expect(readForm({ ...form, rows: '1e6' }, formats).request?.recipe.rows).toBe(1_000_000);
  });

  it('reads shares as percentages', () => {
    expect(readForm({ ...form, duplicates: '1.5 %' }, formats).request?.recipe.mess.duplicates).toBe(0.015);
  });

  it('plants nothing in the uniform profile, and remembers what was typed', () => {
    const launched = { ...form, launch: true, launchDate: '2024-03-01' };
    expect(readForm({ ...launched, profile: 'uniform' }, formats).request?.recipe.planted.launch).toBeNull();
    expect(readForm(launched, formats).request?.recipe.planted.launch).toEqual({ date: '2024-03-01', factor: 1.5 });
  });

  it.each(['0', '-5', '1.5', '99999999999999', 'many', ''])('explains rows of "%s" at the field', (rows) => {
    expect(readForm({ ...form, rows }, formats).errors).toEqual({
      rows: 'Rows must be a whole number from 1 to 1,000,000,000.',
    });
  });

  it('explains dates at the field', () => {
    expect(readForm({ ...form, end: '2022-12-31' }, formats).errors).toEqual({ end: "End can't be before start." });
    expect(readForm({ ...form, start: '' }, formats).errors?.start).toBe(
      'Start must be a date in the form YYYY-MM-DD.',
    );
  });

  it('explains a fact that would happen before or after the data at its field', () => {
    const story = {
      ...form,
      outage: true,
      outageDate: '2026-01-01',
      churn: true,
      churnMonth: '2022-12',
      churnDate: '2024-05-01',
    };
    expect(readForm(story, formats).errors).toEqual({
      outageDate: 'Outage must be a date from 2023-01-01 to 2025-12-31.',
      churnMonth: expect.stringContaining('must be from 2023-01 to 2025-12'),
    });
    expect(readForm({ ...form, drift: true, driftDate: '2022-01-01' }, formats).errors).toHaveProperty('driftDate');
  });

  it('explains several fields at once, also those that are folded up', () => {
    const wrong = {
      ...form,
      users: '0',
      workers: 'x',
      nullUsers: '60',
      launch: true,
      launchDate: '',
      weights: { ...form.weights, search: '-1' },
    };
    expect(Object.keys(readForm(wrong, formats).errors ?? {}).toSorted()).toEqual([
      'launchDate',
      'nullUsers',
      'search',
      'users',
      'workers',
    ]);
    expect(readForm(wrong, formats).errors?.nullUsers).toBe('Enter a percentage from 0 to 50.');
  });

  it('wants at least one event to happen', () => {
    const weights = formOf(request, formats).weights;
    const none = Object.fromEntries(Object.keys(weights).map((name) => [name, '0']));
    expect(readForm({ ...form, weights: { ...weights, ...none } }, formats).errors).toEqual({
      page_view: 'At least one event must have a weight above 0.',
    });
  });
});

describe('dayWithin', () => {
  it('lies in the range', () => {
    expect(dayWithin({ ...form, start: '2024-01-01', end: '2024-01-11' }, 0.5)).toBe('2024-01-06');
    expect(dayWithin({ ...form, start: '2024-01-01', end: '2024-01-01' }, 0.7)).toBe('2024-01-01');
  });

  it('takes the start of a range that is not typed yet', () => {
    expect(dayWithin({ ...form, end: '' }, 0.5)).toBe('2023-01-01');
  });
});
