import { DefaultZIndexes, usePlotArea, useXAxisScale, useYAxisScale, ZIndexLayer } from 'recharts';
import { placeBands } from './data/band-places';
import type { ChartPoint } from './data/series';

/** The title of each band of a stack, inside it where it is thickest; none where it is too thin. */
export function BandLabels({ titles, points }: { titles: readonly string[]; points: readonly ChartPoint[] }) {
  const plot = usePlotArea();
  const [xScale, yScale] = [useXAxisScale(), useYAxisScale()];
  if (!plot || !xScale || !yScale) return null;
  const places = placeBands(titles, points, {
    x: (time) => xScale(time) ?? 0,
    y: (value) => yScale(value) ?? 0,
    left: plot.x,
    right: plot.x + plot.width,
  });
  const labels = places.map(({ name, x, y }) => (
    <text
      key={name}
      x={x}
      y={y + 4}
      textAnchor="middle"
      fontSize={11}
      fontWeight={500}
      fill="var(--ink)"
      stroke="var(--surface)"
      strokeWidth={3}
      strokeOpacity={0.85}
      paintOrder="stroke"
      pointerEvents="none"
    >
      {name}
    </text>
  ));
  return <ZIndexLayer zIndex={DefaultZIndexes.label}>{labels}</ZIndexLayer>;
}
