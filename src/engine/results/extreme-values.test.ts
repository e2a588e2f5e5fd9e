import { describe, expect, test } from 'vitest';
import { openDuckDb } from '../testing/kept-result';
import { copyArea } from './area';
import { summariseArea } from './area-summary';
import { arrange } from './arrange';
import { profileColumn } from './profile';

const hugest = '170141183460469231731687303715884105727';

describe('a profile', () => {
  test.each([
    ['far dates', `DATE '300000-01-01' + CAST(i AS INTEGER)`, '300000-01-01', '300000-01-10'],
    [
      'the ends of TIMESTAMP',
      `CASE WHEN i < 5 THEN TIMESTAMP '290308-12-22 (BC) 00:00:00' ELSE TIMESTAMP '294247-01-10 04:00:54.775806' END`,
      '290308-12-22 (BC) 00:00:00',
      '294247-01-10 04:00:54.775806',
    ],
    [
      'the ends of TIMESTAMPTZ',
      `CASE WHEN i < 5 THEN TIMESTAMPTZ '290308-12-22 (BC) 00:00:00+00' ELSE TIMESTAMPTZ '294247-01-10 03:00:00+00' END`,
      '290308-12-22 (BC) 00:00:00+00',
      '294247-01-10 03:00:00+00',
    ],
    ['huge numbers', `${hugest}::HUGEINT - i`, '170141183460469231731687303715884105718', hugest],
    [
      'UHUGEINT',
      `340282366920938463463374607431768211455::UHUGEINT - i::UHUGEINT`,
      '340282366920938463463374607431768211446',
      '340282366920938463463374607431768211455',
    ],
    ['BIGNUM', `CAST(repeat('9', 400) AS BIGNUM) - 0::BIGNUM`, '9'.repeat(200), '9'.repeat(200)],
    [
      'wide decimals',
      `99999999999999999999999999999999999999::DECIMAL(38,0) - i`,
      '99999999999999999999999999999999999990',
      '9'.repeat(38),
    ],
    ['the ends of DOUBLE', `CASE WHEN i < 5 THEN -1.7e308 ELSE 1.7e308 END`, '-1.7e+308', '1.7e+308'],
  ])('of %s is whole', async (_, expression, least, most) => {
    const { connection, keep } = await openDuckDb();
    const table = await keep(`SELECT ${expression} AS v FROM range(10) t(i)`);
    const profile = await profileColumn(table, 0, connection);
    expect(profile).toMatchObject({ rows: 10, nulls: 0, min: least, max: most });
    const drawn = profile.histogram.reduce((sum, { count }) => sum + count, 0);
    expect(drawn).toBe(expression.includes('repeat') ? 0 : 10);
    expect(profile.histogram.map(({ label }) => label)).not.toContain('NULL');
  });

  test('of huge numbers has their average', async () => {
    const { connection, keep } = await openDuckDb();
    const { average } = await profileColumn(await keep(`SELECT ${hugest}::HUGEINT AS v FROM range(4)`), 0, connection);
    expect(Number(average)).toBeCloseTo(Number(hugest), -25);
  });
});

describe('the sum of a selection', () => {
  test.each([
    [`${hugest}::HUGEINT`, 3, '510423550381407695195061911147652317181'],
    ['340282366920938463463374607431768211455::UHUGEINT', 2, '680564733841876926926749214863536422910'],
    ['99999999999999999999999999999999999.999::DECIMAL(38,3)', 2, '199999999999999999999999999999999999.998'],
    ['-0.001::DECIMAL(38,3)', 1, '-0.001'],
    ['9223372036854775807', 3, '27670116110564327421'],
    ['0.1::DECIMAL(9,2)', 3, '0.30'],
  ])('of %s, %i times, is exact', async (value, times, sum) => {
    const { connection, keep } = await openDuckDb();
    const table = await keep(`SELECT ${value} AS v FROM range(${times})`);
    const summary = await summariseArea(table, { firstRow: 0, lastRow: times - 1, columns: [0] }, connection);
    expect(summary).toMatchObject({ cells: times, count: times, sum });
    expect(Number(summary.average)).toBeCloseTo(Number(sum) / times, -25);
  });

  test('takes numbers of several types together', async () => {
    const { connection, keep } = await openDuckDb();
    const table = await keep(
      `SELECT 1::HUGEINT AS a, 2.5::DECIMAL(38,1) AS b, 3::BIGNUM AS c, 0.5::DOUBLE AS d, 'x' AS e`,
    );
    const area = { firstRow: 0, lastRow: 0, columns: [0, 1, 2, 3, 4] };
    expect(await summariseArea(table, area, connection)).toEqual({ cells: 5, count: 5, sum: '7.0', average: '1.75', min: '0.5', max: '3.0' }); // prettier-ignore
  });
});

describe('JSON', () => {
  test.each([
    [`'nan'::DOUBLE`, 'nan'],
    [`'-inf'::FLOAT`, '-inf'],
    ['1.5::DOUBLE', 1.5],
    [`['nan'::DOUBLE, 'inf', '-inf', -2, NULL]`, ['nan', 'inf', '-inf', -2, null]],
    [`{'a': 'nan'::DOUBLE, 'Infinity': 'NaN, "Infinity": NaN'}`, { a: 'nan', Infinity: 'NaN, "Infinity": NaN' }],
    [`'{"a": [NaN, -Infinity, "x"], }'::JSON`, { a: ['nan', '-inf', 'x'] }],
    [`MAP {'k': ['inf'::DOUBLE]}`, { k: ['inf'] }],
    [`'a' || chr(0) || 'b'`, 'a\0b'],
  ])('has %s', async (value, expected) => {
    const { connection, keep } = await openDuckDb();
    const table = await keep(`SELECT ${value} AS v`);
    const area = { firstRow: 0, lastRow: 0, columns: [0], format: 'json' as const, header: true };
    expect(JSON.parse(await copyArea(table, area, connection))).toEqual([{ v: expected }]);
  });

  test('is looked into by numbers as they stand in the text, and by keys of any kind', async () => {
    const { connection, keep } = await openDuckDb();
    const table = await keep(
      `SELECT * FROM (VALUES ('{"n": 1.50, "*": 1, "b": 2}'), ('{"n": 9007199254740993}'), ('{"n": "1.50", "": 5}')) t(v)`,
    );
    const found = async (path: string, value: string) => {
      const filters = [{ column: 0, path, operator: 'equals' as const, value }];
      const { rows } = await arrange(table, { sort: [], filters }, 'found', connection);
      await connection.run('DROP TABLE temp.found');
      return rows;
    };
    expect([await found('$.n', '1.50'), await found('$.n', '9007199254740993'), await found('$.n', '9007199254740992')]).toEqual([2, 1, 0]); // prettier-ignore
    expect([await found('/*', '1'), await found('/', '5')]).toEqual([1, 1]);
  });
});
