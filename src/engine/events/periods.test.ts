import { expect, it } from 'vitest';
import { periodsTouched, spanOfPeriod, spansOf } from './periods';

it.each([
  ['day', '9999-12-30', '9999-12-31', ['9999-12-30', '9999-12-31']],
  ['week', '9999-12-26', '9999-12-31', ['9999-12-20', '9999-12-27']],
  ['month', '9999-11-30', '9999-12-31', ['9999-11-01', '9999-12-01']],
  ['day', '0001-01-01', '0001-01-02', ['0001-01-01', '0001-01-02']],
  ['week', '0001-01-01', '0001-01-08', ['0001-01-01', '0001-01-08']],
  ['month', '0001-01-31', '0001-03-01', ['0001-01-01', '0001-02-01', '0001-03-01']],
  ['month', '0099-12-31', '0100-01-01', ['0099-12-01', '0100-01-01']],
] as const)('finds each %s from %s to %s', (unit, first, last, periods) => {
  expect(periodsTouched({ first, last }, unit)).toEqual(periods);
});

it('gives up on a span of more periods than are worth listing, and on what is no day', () => {
  expect(periodsTouched({ first: '0001-01-01', last: '9999-12-31' }, 'day')).toBeNull();
  expect(periodsTouched({ first: '2025-01-01', last: 'infinity' }, 'day')).toBeNull();
  expect(periodsTouched({ first: '0044-03-15 (BC)', last: '2025-01-01' }, 'month')).toBeNull();
});

it('ends periods where the calendar ends', () => {
  expect(spanOfPeriod('9999-12-27', 'week')).toEqual({ first: '9999-12-27', last: '9999-12-31' });
  expect(spanOfPeriod('9999-12-01', 'month')).toEqual({ first: '9999-12-01', last: '9999-12-31' });
  expect(spanOfPeriod('0004-02-01', 'month')).toEqual({ first: '0004-02-01', last: '0004-02-29' });
  expect(spansOf(['0001-01-01', '0001-01-02', '9999-12-31'])).toEqual([
    { first: '0001-01-01', last: '0001-01-02' },
    { first: '9999-12-31', last: '9999-12-31' },
  ]);
});
