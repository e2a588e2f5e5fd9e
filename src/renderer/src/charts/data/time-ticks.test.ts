import { describe, expect, it } from 'vitest';
import { formatTick, timeTicks } from './time-ticks';
import { defaultFormats as formats } from '../../format/formats';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const labels = (first: string, last: string, most: number) =>
  timeTicks(day(first), day(last), most).map((time) => formatTick(time, formats));

describe('timeTicks', () => {
  it('takes days for a fortnight', () => {
    expect(labels('2025-03-01', '2025-03-05', 8)).toEqual(['Mar', '2 Mar', '3 Mar', '4 Mar', '5 Mar']);
  });

  it('takes months for a year', () => {
    expect(labels('2024-12-15', '2025-06-20', 8)).toEqual(['2025', 'Feb', 'Mar', 'Apr', 'May', 'Jun']);
  });

  it('takes quarters or halves for three years', () => {
    expect(labels('2022-12-26', '2025-12-29', 14)).toEqual([
      '2023',
      'Apr',
      'Jul',
      'Oct',
      '2024',
      'Apr',
      'Jul',
      'Oct',
      '2025',
      'Apr',
      'Jul',
      'Oct',
    ]);
    expect(labels('2022-12-26', '2025-12-29', 8)).toEqual(['2023', 'Jul', '2024', 'Jul', '2025', 'Jul']);
  });

  it('takes a few centuries for all the calendar', () => {
    expect(labels('0001-01-01', '9999-12-31', 14)).toEqual([
      '1000',
      '2000',
      '3000',
      '4000',
      '5000',
      '6000',
      '7000',
      '8000',
      '9000',
    ]);
    expect(labels('0001-01-01', '0101-01-01', 12)).toEqual([
      '10',
      '20',
      '30',
      '40',
      '50',
      '60',
      '70',
      '80',
      '90',
      '100',
    ]);
  });

  it('takes decades for a century', () => {
    expect(labels('1925-06-01', '2025-06-01', 12)).toEqual([
      '1930',
      '1940',
      '1950',
      '1960',
      '1970',
      '1980',
      '1990',
      '2000',
      '2010',
      '2020',
    ]);
  });

  it('never gives more than asked for', () => {
    for (let days = 1; days < 40_000; days = Math.ceil(days * 1.3)) {
      const last = day('2025-12-31');
      expect(timeTicks(last - days * 86_400_000, last, 8).length).toBeLessThanOrEqual(9);
    }
  });
});
