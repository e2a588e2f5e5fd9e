import type { FactResult, PlantedKind } from '../../../contract/facts/facts';
import type { Recipe } from '../../../contract/recipe';
import type { DaySpan } from '../../events/periods';

/** The row that a proof returns, and each row of a detector. */
export type Measurement = Pick<FactResult, 'scope' | 'margin' | 'observed' | 'expected' | 'firstDay' | 'lastDay'> & {
  readonly measured: number;
  readonly confidence: number;
};

/** A fact of one recipe. */
export interface PlantedFact {
  /** The day it happens or starts. */
  readonly date: string;
  /** A word or two, for charts. */
  readonly label: string;
  /** What was planted, for the list of a run. */
  readonly text: string;
  /** Its name in results, with the day: `Outage 2025-02-05`. */
  readonly title: string;
  readonly scope: string | null;
  /** Its size in the unit of the kind. */
  readonly size: number;
  /** Where the proof looks: values of its first CTE, as constants of SQL. Never the size. */
  readonly where: Readonly<Record<string, string>>;
  /** Days that must be exactly as the runs wrote them, or the fact is hidden. */
  readonly core: DaySpan;
  /** Days that the proof compares with; of these most must be as the runs wrote them. */
  readonly context: DaySpan;
  /** Set if the data can't show this fact, whatever it measures: why not. */
  readonly cannotShow?: string;
}

/**
 * A kind of planted fact. Its proof and detector are `resources/models/facts/proofs/<kind>.sql` and
 * `detectors/<kind>.sql`; its option is a field of `plantedFactsSchema`.
 */
export interface FactKind {
  readonly kind: PlantedKind;
  /** The fact that a recipe plants; null if it plants none of this kind. */
  readonly plantedIn: (recipe: Recipe) => PlantedFact | null;
  /** By what a day's events are multiplied; 1 if the kind changes no volumes. */
  readonly dayFactor: (recipe: Recipe, date: string) => number;
  /** Whether runs with the same fact can share days without hiding it. */
  readonly sharesDays: boolean;
  /** Whether a measurement is the planted fact: certain enough, and day and size within the tolerance of the kind. */
  readonly isFound: (measurement: Measurement, planted: PlantedFact) => boolean;
  /** What was measured, in words. @param planted null for a detected fact */
  readonly tell: (measurement: Measurement, planted: PlantedFact | null) => string;
  /** Days that a detector's finding may be away from the planted day. */
  readonly detectorDays: number;
  /** Whether the first or last day of a run looks like this kind of fact. */
  readonly startsWithRuns: boolean;
}

/** Standard errors between the measured size and none, below which a proof has found nothing. */
export const leastConfidence = 3;
