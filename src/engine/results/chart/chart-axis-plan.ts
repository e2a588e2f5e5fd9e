import type { ChartData } from '../../../contract/result-work';
import type { RowSource } from '../result-table';

/** How the values of a column become places on the x axis. */
export interface AxisPlan {
  readonly kind: ChartData['axis'];
  /** The place: milliseconds, a number, or an index into `labels`. */
  readonly place: (source: RowSource) => string;
  /** What rows of one place have in common; the place itself where several values share it. */
  readonly key: (source: RowSource) => string;
  /** Rows that have a place. */
  readonly condition: (source: RowSource) => string;
  readonly labels: string[];
  readonly note: string | null;
}

/** Steps that several values share. */
export interface AxisSteps {
  readonly kind: AxisPlan['kind'];
  readonly place: (column: string) => string;
  readonly note: string;
}
