import { useMemo, type ReactNode } from 'react';
import { Button } from '../../components/button';
import { formatAmount, formatCount } from '../../format/numbers';
import { DayMarkSign, levelFills, missingFill } from './calendar-year';
import type { DayMark, Days } from './days';

const signs: readonly { readonly mark: DayMark; readonly title: string; readonly fill: string }[] = [
  { mark: 'missing', title: 'Missing', fill: missingFill },
  { mark: 'stale', title: 'Stale', fill: levelFills[3] },
  { mark: 'failing', title: 'Failing or damaged', fill: levelFills[1] },
];
const levels = [1, 2, 3, 4, 5] as const;

export interface LegendProps {
  readonly days: Days;
  /** The day that is looked at. */
  readonly opened: number | null;
  readonly onOpen: (day: number) => void;
}

/** What the squares of the calendar mean; how many days are marked, and the way from one of them to the next. */
export function Legend({ days, opened, onOpen }: LegendProps) {
  const marked = useMemo(() => new Map(signs.map(({ mark }) => [mark, days.marked(mark)])), [days]);
  return (
    <div className="flex flex-wrap items-center gap-x-1 gap-y-1 text-small text-ink-soft">
      <span className="mr-2 inline-flex items-center gap-1.5">
        Less
        <svg aria-hidden width={68} height={12}>
          {levels.map((level, index) => (
            <rect
              key={level}
              x={index * 14 + 0.5}
              y={0.5}
              width={11}
              height={11}
              rx={2}
              className={levelFills[level]}
            />
          ))}
        </svg>
        More
      </span>
      {signs.map(({ mark, title, fill }) => (
        <MarkEntry
          key={mark}
          title={title}
          days={marked.get(mark) ?? []}
          // Backwards in time, from the newest again after the oldest.
          onNext={(found) => {
            const next = found.findLast((day) => opened !== null && day < opened) ?? found.at(-1);
            if (next !== undefined) onOpen(next);
          }}
        >
          <svg aria-hidden width={12} height={12}>
            <rect x={0.5} y={0.5} width={11} height={11} rx={2} className={fill} />
            <DayMarkSign mark={mark} x={0} y={0} size={12} />
          </svg>
        </MarkEntry>
      ))}
    </div>
  );
}

interface MarkEntryProps {
  readonly title: string;
  readonly days: readonly number[];
  readonly onNext: (days: readonly number[]) => void;
  readonly children: ReactNode;
}

/** A sign and its meaning; where days have it, a button that leads from one to the next. */
function MarkEntry({ title, days, onNext, children }: MarkEntryProps) {
  if (days.length === 0) {
    return (
      <span className="inline-flex h-6 items-center gap-1.5 px-1.5">
        {children}
        {title}
      </span>
    );
  }
  return (
    <Button
      look="quiet"
      className="h-6 px-1.5 text-small"
      title={`Look at the ${days.length === 1 ? 'day' : 'next of them'}`}
      aria-label={`${title}: ${formatAmount(days.length, 'day')}`}
      onClick={() => onNext(days)}
    >
      {children}
      {title}
      <span className="font-semibold text-ink tabular-nums">{formatCount(days.length)}</span>
    </Button>
  );
}
