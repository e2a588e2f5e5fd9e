import { useEffect } from 'react';
import { usePlotArea, useXAxisInverseDataSnapScale } from 'recharts';
import type { FindPlace } from './use-picking';

/** Clicks so close to the plot still mean its first or last place, in pixels. */
const margin = 8;

/** Tells where on the x axis a chart has its places. Part of the drawing of a chart; draws nothing. */
export function Places({ report }: { report: (find: FindPlace | null) => void }) {
  const plot = usePlotArea();
  const nearest = useXAxisInverseDataSnapScale();
  useEffect(() => {
    report(
      plot && nearest
        ? (left) => {
            if (left < plot.x - margin || left > plot.x + plot.width + margin) return null;
            const x = nearest(Math.min(plot.x + plot.width, Math.max(plot.x, left)));
            return x === undefined ? null : Number(x);
          }
        : null,
    );
  });
  return null;
}
