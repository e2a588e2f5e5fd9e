import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { UnbrokenDates } from './unbroken-dates';

/** The parts of a text that no line break may divide, and the whole text. */
function drawn(text: string): { unbroken: string[]; whole: string } {
  const html = renderToStaticMarkup(<UnbrokenDates text={text} />);
  const unbroken = [...html.matchAll(/<span class="whitespace-nowrap">(.*?)<\/span>/g)].map(([, part = '']) => part);
  return { unbroken, whole: html.replaceAll(/<[^>]*>/g, '') };
}

test.each([
  ['Traffic doubled on 2025-11-24, then fell', ['2025-11-24']],
  ['Traffic doubled on 24.11.2025.', ['24.11.2025.']],
  ['From 11/24/2025 to 12/01/2025, teams of 2025-03 left', ['11/24/2025', '12/01/2025', '2025-03']],
  ['2025-11-24', ['2025-11-24']],
  ['1,234 events of 20 teams', []],
  ['', []],
])('keeps the dates of “%s” on one line, and loses nothing', (text, dates) => {
  expect(drawn(text)).toEqual({ unbroken: dates, whole: text });
});
