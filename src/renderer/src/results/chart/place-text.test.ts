import { afterEach, describe, expect, it, vi } from 'vitest';
import { labelLayout, shortLabel } from './chart-labels';
import { placeText, ticksBetween, tickText } from './place-text';
import { defaultFormats as formats } from '../../format/formats';

afterEach(() => vi.unstubAllEnvs());

const day = 86_400_000;

describe('a place on an axis of times', () => {
  it.each([
    [0, '1970-01-01'],
    [1_500.25, '1970-01-01 00:00:01.50025'],
    [Date.UTC(2025, 0, 1, 13, 5), '2025-01-01 13:05:00'],
    [-719_162 * day, '0001-01-01'],
    [-719_163 * day, '0001-12-31 (BC)'],
    [108_853_222 * day, '300000-01-01'],
    [-1.8e17 - 1.8e17 / 5, undefined],
  ])('%d is %s', (x, text) => {
    const found = placeText({ axis: 'time', labels: [] }, x);
    if (text !== undefined) expect(found).toBe(text);
    expect(tickText({ axis: 'time', labels: [] }, x, formats).length).toBeGreaterThan(0);
  });

  it('of instants is that of this computer, both hours of a change of clocks told apart', () => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    const hours = [0, 1].map((hour) => Date.UTC(2025, 9, 26, hour, 30));
    expect(hours.map((x) => placeText({ axis: 'instant', labels: [] }, x))).toEqual([
      '2025-10-26 02:30:00+02',
      '2025-10-26 02:30:00+01',
    ]);
    const ticks = ticksBetween('instant', Date.UTC(2025, 9, 20), Date.UTC(2025, 10, 1)) ?? [];
    expect(ticks.map((x) => placeText({ axis: 'instant', labels: [] }, x)).slice(0, 2)).toEqual([
      '2025-10-21 00:00:00+02'.replace(' 00:00:00', ''),
      '2025-10-22+02',
    ]);
  });

  it('has some ticks whatever the span', () => {
    for (const last of [1_000, 60_000, day / 2, day, 40 * day, 1e12, 1e14, 1e17, 3e17]) {
      for (const first of [0, -last, -1e16]) {
        const ticks = ticksBetween('time', first, last) ?? [];
        expect(ticks.length).toBeLessThanOrEqual(14);
        for (const tick of ticks) expect(tick >= first && tick <= last).toBe(true);
      }
    }
    expect(ticksBetween('time', Number.NaN, Number.NaN)).toEqual([]);
  });
});

describe('names below a chart', () => {
  it('all have room, slanted where they are long', () => {
    const months = ['Jan', 'Feb', 'Mar'];
    expect(labelLayout(months, 600)).toMatchObject({ slanted: false });
    expect(
      labelLayout(
        Array.from({ length: 40 }, () => 'remove_from_cart'),
        600,
      ),
    ).toMatchObject({ slanted: true });
    expect(
      labelLayout(
        Array.from({ length: 41 }, () => 'a'),
        600,
      ),
    ).toBeNull();
    expect(shortLabel('a\u0000b\nc')).toBe('a␣b␣c');
    expect(shortLabel('x'.repeat(30))).toHaveLength(18);
  });
});
