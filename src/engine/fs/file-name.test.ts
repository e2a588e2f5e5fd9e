import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileNameOf, fileNameProblem } from '../../contract/file-name';

const emoji = '🙂';

describe('fileNameProblem', () => {
  test.each([
    'Weekly teams',
    'Käufe (2025)',
    '周活跃',
    'con-2025',
    'console',
    'null',
    'a.b',
    'COM10',
    emoji.repeat(49),
  ])('takes %s', (stem) => {
    expect(fileNameProblem(stem, '.sql')).toBeNull();
  });

  test.each([
    ['CON', /Windows keeps the name CON/],
    ['nul', /Windows keeps/],
    ['Lpt1', /Windows keeps/],
    ['com¹', /Windows keeps/],
    ['aux.backup', /Windows keeps/],
    ['prn .x', /Windows keeps/],
    ['name.', /begin or end with a dot/],
    ['name ', /begin or end with a dot/],
    [' name', /begin or end with a dot/],
    ['.hidden', /begin or end with a dot/],
    ['..', /begin or end with a dot/],
    ['', /must not be empty/],
    ['   ', /must not be empty/],
    ['a/b', /must not hold/],
    ['a\\b', /must not hold/],
    ['a\nb', /must not hold/],
    ['a\uD83Db', /must not hold/],
    [emoji.repeat(50), /too long: 204 bytes, where 200 are possible/],
    [emoji.repeat(90), /too long: 364 bytes/],
    ['ä'.repeat(99), /too long: 202 bytes/],
  ])('refuses %j', (stem, problem) => {
    expect(fileNameProblem(stem, '.sql')).toMatch(problem);
  });
});

describe('fileNameOf', () => {
  test.each([
    ['Users by day', 'Users by day.csv'],
    ['a/b: c?', 'a-b- c-.csv'],
    ['nul', '_nul.csv'],
    ['.. ', 'untitled.csv'],
    ['', 'untitled.csv'],
    [emoji.repeat(90), `${emoji.repeat(49)}.csv`],
  ])('makes a name of %j', (title, name) => {
    expect(fileNameOf(title, '.csv')).toBe(name);
  });

  test('of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (title) => {
        const name = fileNameOf(title, '.parquet');
        expect(name.endsWith('.parquet')).toBe(true);
        expect(fileNameProblem(name.slice(0, -'.parquet'.length), '.parquet')).toBeNull();
      }),
    );
  });
});
