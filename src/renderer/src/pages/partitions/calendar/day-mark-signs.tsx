import type { DayMark } from '../../../calendar/days';

export interface DayMarkSignsProps {
  readonly marks: readonly DayMark[];
  /** The square of the day. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/**
 * The signs of a day, which need no colour. Few days are missing, damaged or short of rows: these have a large sign.
 * Every day may be stale or fail a check: those have a small mark in a corner, so that the shade can still be seen.
 */
export function DayMarkSigns({ marks, ...square }: DayMarkSignsProps) {
  const small = marks.filter((mark) => mark === 'stale' || mark === 'failing');
  const large = marks.find((mark) => mark !== 'stale' && mark !== 'failing');
  return [...small, ...(large ? [large] : [])].map((mark) => <Sign key={mark} mark={mark} {...square} />);
}

function Sign({ mark, x, y, size }: Omit<DayMarkSignsProps, 'marks'> & { readonly mark: DayMark }) {
  const sign = signs[mark];
  return <path aria-hidden d={sign.path(x, y, size)} className={`pointer-events-none ${sign.look}`} />;
}

interface SignLook {
  readonly path: (x: number, y: number, size: number) => string;
  readonly look: string;
}

const signs: Record<DayMark, SignLook> = {
  missing: {
    path: (x, y, size) => {
      const [near, far, arm] = [size * 0.3, size * 0.7, size * 0.4];
      return `M${x + near} ${y + near}l${arm} ${arm}M${x + near} ${y + far}l${arm} ${-arm}`;
    },
    look: 'fill-transparent stroke-ink stroke-[1.25px]',
  },
  damaged: {
    path: (x, y, size) => `M${x + size / 2} ${y}L${x + size} ${y + size}L${x} ${y + size}Z`,
    look: 'fill-bad stroke-surface stroke-1 [paint-order:stroke] [stroke-linejoin:round]',
  },
  few: {
    path: (x, y, size) => `M${x + size * 0.1} ${y + size * 0.25}H${x + size * 0.9}L${x + size / 2} ${y + size * 0.85}Z`,
    look: 'fill-ink stroke-surface stroke-1 [paint-order:stroke] [stroke-linejoin:round]',
  },
  stale: {
    path: (x, y, size) => {
      const diameter = size * 0.36;
      const arc = `a${diameter / 2} ${diameter / 2} 0 1 0`;
      return `M${x + 0.5} ${y + size - diameter / 2 - 0.5}${arc} ${diameter} 0${arc} ${-diameter} 0Z`;
    },
    look: 'fill-ink stroke-surface stroke-[0.75px] [paint-order:stroke]',
  },
  failing: {
    path: (x, y, size) => `M${x + size} ${y}V${y + size * 0.45}L${x + size * 0.55} ${y}Z`,
    look: 'fill-bad stroke-surface stroke-[0.75px] [paint-order:stroke]',
  },
};
