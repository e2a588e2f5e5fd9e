import { describe, expect, it } from 'vitest';
import type { GenerationRequest } from '../../../../contract/generation';
import { describeForm, formOf, readForm } from './generate-form';

const request: GenerationRequest = {
  recipe: { rows: 1_000_000, start: '2023-01-01', end: '2025-12-31', users: 100_000, teams: 1_000, seed: 42 },
  workers: 2,
  mode: 'append',
};
const form = formOf(request);

describe('readForm', () => {
  it('reads what formOf wrote', () => {
    expect(readForm(form)).toEqual({ request });
  });

  it('takes the separators that people type', () => {
    expect(readForm({ ...form, rows: ' 2_500 000 ' }).request?.recipe.rows).toBe(2_500_000);
    expect(readForm({ ...form, rows: '1e6' }).request?.recipe.rows).toBe(1_000_000);
  });

  it.each(['0', '-5', '1.5', '99999999999999', 'many', ''])('explains rows of "%s" at the field', (rows) => {
    expect(readForm({ ...form, rows }).errors).toEqual({
      rows: 'Rows must be a whole number from 1 to 1,000,000,000.',
    });
  });

  it('explains dates at the field', () => {
    expect(readForm({ ...form, end: '2022-12-31' }).errors).toEqual({ end: 'End must not be before start.' });
    expect(readForm({ ...form, start: '' }).errors?.start).toBe('Start must be a day written YYYY-MM-DD.');
  });

  it('explains several fields at once', () => {
    expect(Object.keys(readForm({ ...form, users: '0', workers: 'x' }).errors ?? {})).toEqual(['users', 'workers']);
  });
});

describe('describeForm', () => {
  it('says what the options come to', () => {
    expect(describeForm(form)).toBe('1,096 days, about 912 events each');
    expect(describeForm({ ...form, rows: '500', end: '2023-12-31' })).toBe('365 days, about 1.4 events each');
  });

  it('says nothing about options that are wrong', () => {
    expect(describeForm({ ...form, rows: '0' })).toBeNull();
  });
});
