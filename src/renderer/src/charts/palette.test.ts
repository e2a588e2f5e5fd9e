import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mostSeries, seriesColour } from './data/colours';
import { contrast, distance, fromOklch, seen, type LinearRgb, type Vision } from './colour-vision';

const css = readFileSync(new URL('../styles/theme.css', import.meta.url), 'utf8');
const themes = { light: css.slice(0, css.indexOf('@media (prefers-color-scheme')), dark: css.slice(css.indexOf('@media (prefers-color-scheme')) }; // prettier-ignore

function colourOf(theme: string, token: string): LinearRgb {
  const [, lightness, chroma, hue] =
    new RegExp(`${token}: oklch\\(([\\d.]+) ([\\d.]+) ([\\d.]+)`).exec(theme) ?? /(1) (0) (0)/.exec('1 0 0') ?? [];
  return fromOklch(Number(lightness), Number(chroma), Number(hue));
}

/** A difference that is just noticeable is about 0.02. */
const least: Record<Vision, number> = {
  full: 0.13,
  deuteranopia: 0.09,
  protanopia: 0.09,
  greyscale: 0.05,
};

describe.each(Object.entries(themes))('the series in the %s theme', (_, theme) => {
  const tokens = Array.from({ length: mostSeries + 1 }, (__, index) => seriesColour(index).slice(4, -1));
  const colours = tokens.map((token) => colourOf(theme, token));

  test('are colours of every screen, with a contrast to the surface', () => {
    expect(new Set(tokens).size).toBe(mostSeries + 1);
    for (const [index, colour] of colours.entries()) {
      for (const component of colour) expect(component, tokens[index]).toBeGreaterThan(-0.01);
      for (const component of colour) expect(component, tokens[index]).toBeLessThan(1.01);
      expect(contrast(colour, colourOf(theme, '--surface')), tokens[index]).toBeGreaterThan(2.9);
    }
  });

  test.each(Object.entries(least))('differ in %s', (vision, enough) => {
    const pairs = colours.flatMap((one, index) =>
      colours.slice(index + 1).map((other, offset) => ({
        pair: `${tokens[index]} and ${tokens[index + 1 + offset]}`,
        apart: distance(seen(vision as Vision, one), seen(vision as Vision, other)),
      })),
    );
    for (const { pair, apart } of pairs) expect(apart, pair).toBeGreaterThan(enough);
  });
});

test('two of the colours of before, which were equally light, would not pass', () => {
  const [blue, red] = [fromOklch(0.52, 0.18, 258), fromOklch(0.52, 0.19, 26)];
  expect(distance(seen('greyscale', blue), seen('greyscale', red))).toBeLessThan(least.greyscale);
});

test('red and green are close to each other without the red or the green cones', () => {
  const [red, green] = [fromOklch(0.55, 0.13, 28), fromOklch(0.55, 0.13, 140)];
  expect(distance(red, green)).toBeGreaterThan(0.2);
  expect(distance(seen('deuteranopia', red), seen('deuteranopia', green))).toBeLessThan(0.1);
});
