import { usePlotArea } from 'recharts';
import { columnTitle } from '../format/model-title';

/** Height that the names of the axes need above and below a chart, in pixels. */
export const axisNameHeight = 14;

/**
 * Names of the axes: the value above its axis, the place at the end of its own. Part of the drawing of a chart.
 * @param below distance of the place's name from the plot: the height of its labels
 */
export function AxisNames({ x, y, above, below }: { x: string; y: string; above: number; below: number }) {
  const plot = usePlotArea();
  if (!plot) return null;
  return (
    <g fill="var(--ink-faint)" fontSize={11} pointerEvents="none">
      <text x={4} y={plot.y - above - 10}>
        {columnTitle(y)}
      </text>
      <text x={plot.x + plot.width} y={plot.y + plot.height + below} textAnchor="end">
        {columnTitle(x)}
      </text>
    </g>
  );
}
