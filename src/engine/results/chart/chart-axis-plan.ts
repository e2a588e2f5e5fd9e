import type { ChartData } from '../../../contract/result-work';
import type { RowSource } from '../result-table';

/** How values of a column map to places on the x axis. */
export interface AxisPlan {
  readonly kind: ChartData['axis'];
  /** The place: milliseconds, a number, or an index into `labels`. */
  readonly place: (source: RowSource) => string;
  /** The value that rows at one place share; the place itself if several values share it. */
  readonly key: (source: RowSource) => string;
  /** Condition for rows that have a place. */
  readonly condition: (source: RowSource) => string;
  readonly labels: string[];
  readonly note: string | null;
}

/** Steps of the axis, each for several values. */
export interface AxisSteps {
  readonly kind: AxisPlan['kind'];
  readonly place: (column: string) => string;
  readonly note: string;
}
