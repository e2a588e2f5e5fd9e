import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileNameOf, fileNameProblem } from '../../../contract/text/file-name';

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
    ['CON', /CON is a reserved name on Windows/],
    ['nul', /reserved name/],
    ['Lpt1', /reserved name/],
    ['com¹', /reserved name/],
    ['aux.backup', /reserved name/],
    ['prn .x', /reserved name/],
    ['name.', /start or end with a dot/],
    ['name ', /start or end with a dot/],
    [' name', /start or end with a dot/],
    ['.hidden', /start or end with a dot/],
    ['..', /start or end with a dot/],
    ['', /can't be empty/],
    ['   ', /can't be empty/],
    ['a/b', /can't contain/],
    ['a\\b', /can't contain/],
    ['a\nb', /can't contain/],
    ['a\uD83Db', /can't contain/],
    [emoji.repeat(50), /too long: 204 bytes; the limit is 200/],
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
