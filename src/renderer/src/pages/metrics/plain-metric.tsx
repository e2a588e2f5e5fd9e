import type { ChartChoice } from '../../charts/chart-choice';
import { BarMetric } from './bar-metric';
import { CohortMetric } from './cohort-metric';
import type { PlainMetricProps } from './plain-metric-props';

/** A metric without a time axis to zoom: bars by name, or cohorts by age. */
export function PlainMetric(props: PlainMetricProps<Extract<ChartChoice, { kind: 'bar' | 'cohort' }>>) {
  const { choice, ...rest } = props;
  return choice.kind === 'bar' ? <BarMetric {...rest} choice={choice} /> : <CohortMetric {...rest} choice={choice} />;
}
