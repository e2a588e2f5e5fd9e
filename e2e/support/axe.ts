import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './app';

/** What axe finds, one line an element, so that a failure reads by itself. */
async function problems(page: Page, disabledRules: string[]): Promise<string[]> {
  // Without legacy mode axe opens a page of its own, which Electron does not offer.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).disableRules(disabledRules).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target.join(' ')} ${html}`));
}

/**
 * Fails, after the test has gone on, where axe finds anything. It looks until it finds nothing, for the colours of
 * another scheme and what opens take some frames to arrive: only what stays is a problem.
 */
export async function expectAccessible(page: Page, what: string, disabledRules: string[] = []): Promise<void> {
  await expect.soft.poll(() => problems(page, disabledRules), { message: what }).toEqual([]);
}
