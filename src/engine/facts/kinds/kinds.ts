import type { PlantedKind } from '../../../contract/facts/facts';
import { churn } from './churn';
import type { FactKind } from './fact-kind';
import { launch } from './launch';
import { outage } from './outage';

/** Every kind of planted fact. */
export const factKinds: readonly FactKind[] = [launch, outage, churn];

const byName: Readonly<Record<PlantedKind, FactKind>> = { launch, outage, churn };

/** The declaration of a kind. */
export function factKind(kind: PlantedKind): FactKind {
  return byName[kind];
}
