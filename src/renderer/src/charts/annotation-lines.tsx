import { DefaultZIndexes, usePlotArea, useXAxisScale, ZIndexLayer } from 'recharts';
import { glyphs, type AnnotationMark, type PlacedMark } from './data/annotations';

const rowHeight = 15;
/** A line of glyphs alone, below the labels. */
const glyphHeight = 14;
const colours: Record<AnnotationMark['kind'], string> = { fact: 'var(--warn)', change: 'var(--accent-ink)' };

/** Height of the labels above a chart, in pixels. */
export function annotationHeight(marks: readonly PlacedMark[]): number {
  const rows = marks.flatMap(({ row }) => row ?? []);
  const labels = rows.length === 0 ? 0 : (Math.max(...rows) + 1) * rowHeight;
  return labels + (marks.some(({ row }) => row === null) ? glyphHeight : 0);
}

/** A line at each mark, with a glyph for its kind and a label above the chart. Part of the drawing of a chart. */
export function AnnotationLines({ marks }: { marks: readonly PlacedMark[] }) {
  const plot = usePlotArea();
  const scale = useXAxisScale();
  if (!plot || !scale) return null;
  const top = plot.y - annotationHeight(marks);
  const lines = marks.map(({ time, kind, label, row, toLeft }) => {
    const x = scale(time);
    if (x === undefined) return null;
    const y = row === null ? plot.y - 3 : top + row * rowHeight + 10;
    return (
      <g key={`${time} ${kind}`} fill={colours[kind]} fontSize={11}>
        <line
          x1={x}
          x2={x}
          y1={y + 3}
          y2={plot.y + plot.height}
          stroke={colours[kind]}
          strokeDasharray={kind === 'fact' ? '2 2' : '5 3'}
        />
        <text x={x} y={y} textAnchor="middle">
          {glyphs[kind]}
        </text>
        {row !== null && (
          <text
            x={toLeft ? x - 8 : x + 8}
            y={y}
            textAnchor={toLeft ? 'end' : 'start'}
            fontWeight={500}
            // The lines of other annotations may go through it.
            stroke="var(--surface)"
            strokeWidth={4}
            paintOrder="stroke"
          >
            {label}
          </text>
        )}
      </g>
    );
  });
  return <ZIndexLayer zIndex={DefaultZIndexes.axis}>{lines}</ZIndexLayer>;
}
