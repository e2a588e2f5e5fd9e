import { ReferenceArea } from 'recharts';
import type { Gap } from './data/series';
import { patternFill } from './patterns';

/** More gaps than this would be a pattern in the data, such as weekends, and would hide it. */
const mostGapMarks = 60;

/**
 * Over each stretch without points, which the line only passes through.
 * @param patterns the id of the chart's {@link Patterns}
 */
export function gapMarks(gaps: readonly Gap[], patterns: string) {
  if (gaps.length > mostGapMarks) return null;
  return gaps.map(({ from, to }) => (
    <ReferenceArea
      key={`gap ${from}`}
      x1={from}
      x2={to}
      fill={patternFill(patterns, 'hatch')}
      fillOpacity={1}
      stroke="var(--warn)"
      strokeOpacity={0.6}
      strokeDasharray="2 3"
    />
  ));
}
