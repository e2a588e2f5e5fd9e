import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './app';

type Rules = { readonly without: readonly string[] } | { readonly only: readonly string[] };

/** The findings of axe, one line per element, so that a failure is readable. */
async function problems(page: Page, rules: Rules): Promise<string[]> {
  // Without legacy mode axe opens a page of its own, which Electron does not offer.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  if ('only' in rules) axe.withRules([...rules.only]);
  else axe.disableRules([...rules.without]);
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${target.join(' ')} ${html}`),
  );
  return [...found, ...(await gluedTexts(page))];
}

/** Words that only a margin keeps apart: a screen reader says them as one, such as "no_duplicatespassed". */
async function gluedTexts(page: Page): Promise<string[]> {
  return page.locator('span').evaluateAll((spans) =>
    spans.flatMap((span) => {
      const before = span.previousSibling?.textContent ?? '';
      if (!/\S$/.test(before) || !/^\S/.test(span.textContent ?? '')) return [];
      const { display, marginLeft } = getComputedStyle(span);
      const isApart = display === 'inline' && Number.parseFloat(marginLeft) > 0;
      return isApart && span.checkVisibility() ? [`glued: ${before}|${span.textContent}`] : [];
    }),
  );
}

/** On a busy machine one look at a page of many elements takes longer than tests usually wait. */
const patience = 60_000;

/**
 * Fails, without stopping the test, if axe finds anything. Retries until it finds nothing, since new colours and opening
 * elements take some frames: only lasting findings are problems.
 */
async function expectNothing(page: Page, message: string, rules: Rules): Promise<void> {
  await expect.soft.poll(() => problems(page, rules), { message, timeout: patience }).toEqual([]);
}

/** Looks by all rules in light, and by the rule for contrast in dark, the only one that a theme has a part in. */
export async function expectAccessible(page: Page, what: string, disabledRules: string[] = []): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await expectNothing(page, `${what}, in light`, { without: disabledRules });
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await expectNothing(page, `${what}, in dark`, { only: ['color-contrast'] });
}

/** Looks by all rules, in the theme that the page has: for one state of several of one page. */
export async function expectAccessibleState(page: Page, what: string, disabledRules: string[] = []): Promise<void> {
  await expectNothing(page, what, { without: disabledRules });
}
