import type { Check } from '../../../contract/refresh-summary';
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
