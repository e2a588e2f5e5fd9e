import type { ReactNode } from 'react';
import type { DayMark } from '../../../calendar/days';
import type { DayBox } from './geometry';

export interface DayMarkSignsProps {
  readonly marks: readonly DayMark[];
  /** The box of the day. */
  readonly box: DayBox;
}

const cornerMarks: ReadonlySet<DayMark> = new Set(['stale', 'failing', 'warned']);

/**
 * The signs of a day, which need no colour. Few days are missing, damaged or short of rows: these have a large sign in
 * the middle. Every day may be stale or fail a check: those have a small mark in a corner, and a warning the smallest,
 * so that the shade can still be seen.
 */
export function DayMarkSigns({ marks, box }: DayMarkSignsProps) {
  const small = marks.filter((mark) => cornerMarks.has(mark));
  const large = marks.find((mark) => !cornerMarks.has(mark));
  // A damaged file matters more than checks of the rows beside it.
  const drawn = large === 'damaged' ? [large] : [...small, ...(large ? [large] : [])];
  return drawn.map((mark) => (
    <g key={mark} aria-hidden className="pointer-events-none">
      {signs[mark](box)}
    </g>
  ));
}

/** The largest square in the middle of a box. */
function middleOf({ x, y, width, height }: DayBox) {
  const size = Math.min(width, height);
  return { left: x + (width - size) / 2, top: y + (height - size) / 2, size };
}

const signs: Record<DayMark, (box: DayBox) => ReactNode> = {
  missing: (box) => {
    const { left, top, size } = middleOf(box);
    const [near, far, arm] = [size * 0.25, size * 0.75, size * 0.5];
    return (
      <path
        d={`M${left + near} ${top + near}l${arm} ${arm}M${left + near} ${top + far}l${arm} ${-arm}`}
        className="fill-transparent stroke-ink stroke-[1.5px]"
      />
    );
  },
  damaged: (box) => {
    const { left, top, size } = middleOf(box);
    const bar = Math.max(1.5, size * 0.16);
    const x = left + size / 2 - bar / 2;
    return (
      <>
        <rect {...box} rx={2} className="fill-bad stroke-surface stroke-2 [paint-order:stroke]" />
        <path
          d={`M${x} ${top + size * 0.16}h${bar}v${size * 0.4}h${-bar}zM${x} ${top + size * 0.68}h${bar}v${bar}h${-bar}z`}
          className="fill-surface"
        />
      </>
    );
  },
  few: (box) => {
    const { left, top, size } = middleOf(box);
    return (
      <>
        <rect
          x={box.x + 0.75}
          y={box.y + 0.75}
          width={box.width - 1.5}
          height={box.height - 1.5}
          rx={1.5}
          className="fill-transparent stroke-ink stroke-[1.5px]"
        />
        <path
          d={`M${left + size * 0.2} ${top + size * 0.34}h${size * 0.6}l${-size * 0.3} ${size * 0.42}z`}
          className="fill-ink stroke-surface stroke-1 [paint-order:stroke] [stroke-linejoin:round]"
        />
      </>
    );
  },
  stale: (box) => {
    const diameter = cornerOf(box) * 0.9;
    const arc = `a${diameter / 2} ${diameter / 2} 0 1 0`;
    return (
      <path
        d={`M${box.x + 0.5} ${box.y + box.height - diameter / 2 - 0.5}${arc} ${diameter} 0${arc} ${-diameter} 0Z`}
        className="fill-ink stroke-surface stroke-[0.75px] [paint-order:stroke]"
      />
    );
  },
  failing: (box) => {
    const size = cornerOf(box);
    return (
      <path
        d={`M${box.x + box.width} ${box.y}v${size}l${-size} ${-size}Z`}
        className="fill-bad stroke-surface stroke-[0.75px] [paint-order:stroke]"
      />
    );
  },
  warned: (box) => {
    const size = cornerOf(box) * 0.7;
    return (
      <path
        d={`M${box.x + box.width - size} ${box.y + 0.5}h${size - 0.5}v${size}`}
        className="fill-transparent stroke-warn stroke-1"
      />
    );
  },
};

/** The size of a mark in a corner: a third of the box, and never more than 6 pixels. */
function cornerOf({ width, height }: DayBox): number {
  return Math.min(6, Math.min(width, height) * 0.38);
}
