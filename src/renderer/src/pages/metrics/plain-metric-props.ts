import type { RefObject } from 'react';
import type { MetricFilter } from '../../../../contract/metric-filter';
import type { Model } from '../../../../contract/warehouse';
import type { TableData } from '../../charts/data/table-data';
import type { MetricData } from '../../metrics/use-metric-data';
import type { OnMark } from './on-mark';

/** The common props of views of metrics without a time axis. */
export interface PlainMetricProps<Choice> {
  readonly metric: Model;
  readonly found: MetricData;
  readonly data: TableData;
  readonly choice: Choice;
  readonly filter: MetricFilter;
  /** Around the drawing, for exports. */
  readonly figure: RefObject<HTMLDivElement | null>;
  /** Container of the export buttons. */
  readonly exports: HTMLElement | null;
  readonly pick: OnMark;
}
