import type { Check } from '../../../contract/refresh-summary';
import type { Model } from '../../../contract/warehouse';

/**
 * The checks that look at a model. Those that look at the records of the days alone belong to the first layer, which
 * these are about.
 */
export function checksOf(
  { name, layer }: Pick<Model, 'name' | 'layer'>,
  models: readonly Pick<Model, 'name'>[],
  checks: readonly Check[],
): Check[] {
  const isModel = (dependency: string) => models.some((other) => other.name === dependency);
  return checks.filter(({ dependsOn }) => dependsOn.includes(name) || (layer === 'bronze' && !dependsOn.some(isModel)));
}
