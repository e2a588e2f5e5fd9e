import { useId, useMemo } from 'react';
import { BarChart } from '../../charts/bar-chart';
import { seriesColour } from '../../charts/data/colours';
import { patternId } from '../../charts/patterns';
import { useWidth } from '../../charts/use-width';
import { barsLieFlat } from './chart-labels';
import { toPoints } from './chart-points';
import type { ChartDrawingProps } from './chart-drawing-props';
import { placeText, tickText } from './place-text';
import { PlottedChart } from './plotted-chart';
import { useFormats } from '../../format/use-formats';

/** Draws a chart that DuckDB has aggregated. Screen readers get its label and a sentence. */
export function ChartDrawing(props: ChartDrawingProps) {
  const formats = useFormats();
  const { kind, data, label, titles, onPick } = props;
  const points = useMemo(() => toPoints(data), [data]);
  const { element, width } = useWidth();
  const id = patternId(useId());
  const names = data.series.map(({ name }) => name);
  const caption = `${kind} chart, ${formats.amount(points.length, 'point')}, ${names.join(', ')}: ${titles.y} by ${titles.x}.`;
  const flat =
    kind === 'bar' &&
    data.axis === 'category' &&
    barsLieFlat(
      points.map(({ x }) => tickText(data, x, formats)),
      width,
    );
  return (
    <div className="flex h-full min-h-0 flex-col">
      {data.series.length > 1 && <Legend names={names} />}
      <div
        ref={element}
        className="min-h-0 flex-1 overflow-y-auto"
        {...(flat && { tabIndex: 0, role: 'region', 'aria-label': `Bars of ${label}` })}
      >
        {flat && width > 0 && (
          <BarChart
            label={label}
            measure={titles.y}
            width={width}
            caption={caption}
            series={names}
            bars={points.map((point) => ({
              name: placeText(data, point.x),
              values: names.map((_, index) => point[`s${index}`] ?? null),
            }))}
            onPick={(index, at) => onPick({ x: points[index]?.x ?? 0, at })}
          />
        )}
        {!flat && (
          <figure aria-label={label} className="h-full">
            <figcaption className="sr-only">{caption}</figcaption>
            <PlottedChart {...props} points={points} width={width} patterns={id} />
          </figure>
        )}
      </div>
    </div>
  );
}

function Legend({ names }: { names: readonly string[] }) {
  return (
    <ul aria-label="Series" className="flex shrink-0 flex-wrap gap-x-4 px-2 pb-1.5 text-small text-ink-soft">
      {names.map((name, index) => (
        <li key={name} data-series={name} className="flex items-center gap-1.5">
          <span aria-hidden className="size-2 rounded-full" style={{ background: seriesColour(index) }} />
          {name}
        </li>
      ))}
    </ul>
  );
}
