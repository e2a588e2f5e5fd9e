import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './app';

/** The findings of axe, one line per element, so that a failure is readable. */
async function problems(page: Page, disabledRules: string[]): Promise<string[]> {
  // Without legacy mode axe opens a page of its own, which Electron does not offer.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).disableRules(disabledRules).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target.join(' ')} ${html}`));
}

/**
 * Fails, without stopping the test, if axe finds anything. Retries until it finds nothing, since new colours and
 * opening elements take some frames: only lasting findings are problems.
 */
export async function expectAccessible(page: Page, what: string, disabledRules: string[] = []): Promise<void> {
  await expect.soft.poll(() => problems(page, disabledRules), { message: what }).toEqual([]);
}
