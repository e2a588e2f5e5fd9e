import type { Formats } from '../format/formats';
import { useFormats } from '../format/use-formats';
import { sum } from '../../../contract/sum';

export interface CohortCell {
  /** Start of the cohort. */
  readonly start: number;
  /** Periods since the start. */
  readonly age: number;
  readonly share: number;
}

export interface CohortChartProps {
  readonly label: string;
  readonly cells: readonly CohortCell[];
  readonly width: number;
}

const labelWidth = 64;
const headerHeight = 20;

/** A square per cohort and age, darker for larger shares; wide squares show the number too. */
export function CohortChart({ label, cells, width }: CohortChartProps) {
  const formats = useFormats();
  const starts = [...new Set(cells.map(({ start }) => start))].toSorted((a, b) => a - b);
  const ages = [...new Set(cells.map(({ age }) => age))].toSorted((a, b) => a - b);
  const [cellWidth, cellHeight] = [Math.max(10, (width - labelWidth) / Math.max(1, ages.length)), 20];
  // One column per existing age: a cohort far away in time must not add thousands of empty ones.
  const columnOf = new Map(ages.map((age, index) => [age, index]));
  const rowOf = new Map(starts.map((start, index) => [start, index]));
  return (
    <figure aria-label={label}>
      <figcaption className="sr-only">{describe(cells, starts, formats)}</figcaption>
      <svg
        role="img"
        aria-label={label}
        width={labelWidth + ages.length * cellWidth}
        height={headerHeight + starts.length * cellHeight}
      >
        {ages.map(
          (age, column) =>
            (cellWidth >= 18 || column % 6 === 0) && (
              <text
                key={age}
                x={labelWidth + (column + 0.5) * cellWidth}
                y={12}
                textAnchor="middle"
                className="fill-ink-soft text-[10px]"
              >
                {age}
              </text>
            ),
        )}
        {starts.map((start, row) => (
          <text
            key={start}
            x={labelWidth - 8}
            y={headerHeight + row * cellHeight + 14}
            textAnchor="end"
            className="fill-ink-soft text-[11px]"
          >
            {formats.monthUtc(start)}
          </text>
        ))}
        {cells.map(({ start, age, share }) => (
          <g
            key={`${start} ${age}`}
            transform={`translate(${labelWidth + (columnOf.get(age) ?? 0) * cellWidth} ${headerHeight + (rowOf.get(start) ?? 0) * cellHeight})`}
          >
            <title>{`${formats.monthUtc(start)}, ${age} later: ${formats.percent(share)}`}</title>
            <rect
              width={cellWidth - 1}
              height={cellHeight - 1}
              rx={2}
              fill="var(--accent)"
              fillOpacity={opacityOf(share)}
            />
            {cellWidth >= 24 && (
              <text
                x={cellWidth / 2}
                y={13}
                textAnchor="middle"
                fill={share > 0.82 ? 'var(--on-accent)' : 'var(--ink)'}
                fontSize={10}
              >
                {Math.round(share * 100)}
              </text>
            )}
          </g>
        ))}
      </svg>
    </figure>
  );
}

/** The legend of the shades. */
export function ShareScale() {
  const formats = useFormats();
  return (
    <span aria-hidden className="ml-auto inline-flex items-center gap-1.5">
      {formats.percent(0)}
      <svg width={100} height={10}>
        {[0, 0.25, 0.5, 0.75, 1].map((share, index) => (
          <rect
            key={share}
            x={index * 20}
            width={19}
            height={10}
            rx={2}
            fill="var(--accent)"
            fillOpacity={opacityOf(share)}
          />
        ))}
      </svg>
      {formats.percent(1)}
    </span>
  );
}

const opacityOf = (share: number): number => 0.06 + share * 0.94;

function describe(cells: readonly CohortCell[], starts: readonly number[], formats: Formats): string {
  const at = (age: number) => {
    const shares = cells.flatMap((cell) => (cell.age === age ? [cell.share] : []));
    return shares.length > 0 ? sum(shares) / shares.length : null;
  };
  const ages = [1, 3, 6, 12].flatMap((age) => {
    const share = at(age);
    return share === null ? [] : [`${formats.percent(share)} after ${age}`];
  });
  return `${formats.amount(starts.length, 'group')}; on average ${ages.join(', ')}.`;
}
