/** Sizes of the drawing, in pixels. */
export const headerHeight = 34;
export const cellHeight = 26;

interface CellProps {
  readonly share: number;
  readonly width: number;
  /** An average. */
  readonly bold?: boolean;
  /** A pattern; null for the colour of the share. */
  readonly fill?: string | null;
  /** The data ends before its period does. */
  readonly unfinished?: boolean;
}

/** A share as a number on a colour, darker for larger ones; dashed if it may still change. */
export function Cell({ share, width, bold = false, fill = null, unfinished = false }: CellProps) {
  const box = { width: width - 1, height: cellHeight - 1, rx: 2 };
  return (
    <>
      <rect {...box} fill="var(--surface)" />
      <rect {...box} fill={fill ?? 'var(--accent)'} fillOpacity={fill === null ? opacityOf(share, unfinished) : 1} />
      {unfinished && (
        <rect
          x={1}
          y={1}
          width={box.width - 2}
          height={box.height - 2}
          rx={2}
          fill="none"
          stroke="var(--accent)"
          strokeDasharray="2 2"
        />
      )}
      <text
        x={box.width / 2}
        y={17}
        textAnchor="middle"
        fill={share > 0.6 && !unfinished ? 'var(--on-accent)' : 'var(--ink)'}
        fontSize={12}
        fontWeight={bold ? 600 : 400}
      >
        {Math.round(share * 100)}
      </text>
    </>
  );
}

/** What may still change is pale. */
const opacityOf = (share: number, unfinished: boolean): number =>
  unfinished ? 0.08 : 0.06 + Math.min(1, Math.max(0, share)) * 0.94;
