import type { Check, CheckResult } from '../../../contract/refresh-summary';
import type { Formats } from '../format/formats';
import type { Model } from '../../../contract/warehouse';

/**
 * The checks of a model. Those that only read the records of the days belong to the first layer, which the records
 * describe.
 */
export function checksOf(
  { name, layer }: Pick<Model, 'name' | 'layer'>,
  models: readonly Pick<Model, 'name'>[],
  checks: readonly Check[],
): Check[] {
  const isModel = (dependency: string) => models.some((other) => other.name === dependency);
  return checks.filter(({ dependsOn }) => dependsOn.includes(name) || (layer === 'bronze' && !dependsOn.some(isModel)));
}

/** The failing ones of some checks, and whether any is an error: the one count for badges, nodes, tabs and titles. */
export function failingOf<T extends Pick<Check, 'severity' | 'result'>>(
  checks: readonly T[],
): { readonly failing: readonly T[]; readonly anyError: boolean } {
  const failing = checks.filter(({ result }) => result?.passed === false);
  return { failing, anyError: failing.some(({ severity }) => severity === 'error') };
}

/** The title of a tab with checks: `Checks · 4 failing`, `Checks · 8 passed`. */
export function checksTitle(results: readonly Pick<CheckResult, 'passed'>[], formats: Formats): string {
  if (results.length === 0) return 'Checks';
  const failing = results.filter(({ passed }) => !passed).length;
  return `Checks · ${failing > 0 ? `${formats.count(failing)} failing` : `${formats.count(results.length)} passed`}`;
}
