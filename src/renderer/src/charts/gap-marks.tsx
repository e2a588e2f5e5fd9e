import { ReferenceArea } from 'recharts';
import type { Gap } from './data/series';

/** More gaps than this would be a pattern in the data, such as weekends, and would hide it. */
const mostGapMarks = 60;

/** Over each stretch without points, which the line only passes through. */
export function gapMarks(gaps: readonly Gap[]) {
  if (gaps.length > mostGapMarks) return null;
  return gaps.map(({ from, to }) => (
    <ReferenceArea
      key={`gap ${from}`}
      x1={from}
      x2={to}
      fill="var(--warn)"
      fillOpacity={0.14}
      stroke="var(--warn)"
      strokeOpacity={0.6}
      strokeDasharray="2 3"
    />
  ));
}
