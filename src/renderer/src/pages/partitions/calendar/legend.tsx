import { useMemo, type ReactNode } from 'react';
import { Button } from '../../../components/button';
import { useFormats } from '../../../format/use-formats';
import { levelFills, missingFill, outlineOf } from './calendar-year';
import { DayMarkSigns } from './day-mark-signs';
import type { DayMark, Days, MarkedDays } from '../../../calendar/days';

const signs: readonly { readonly mark: DayMark; readonly title: string; readonly more?: string }[] = [
  { mark: 'missing', title: 'Missing' },
  { mark: 'few', title: 'Few rows' },
  { mark: 'damaged', title: 'Damaged', more: ' or left out' },
  { mark: 'failing', title: 'Errors', more: ' of checks' },
  { mark: 'warned', title: 'Warnings', more: ' only' },
  { mark: 'stale', title: 'Stale' },
];
const levels = [1, 2, 3, 4, 5] as const;
const signBox = { x: 0, y: 0, width: 12, height: 12 };

/** Words that the squares say, too; left out where the legend would take a second line from the calendar. */
const roomy = '@max-[760px]:sr-only';

export interface LegendProps {
  readonly days: Days;
  /** The day that is looked at. */
  readonly opened: number | null;
  readonly onOpen: (day: number) => void;
}

/** The meaning of the signs; the number of days with each sign, and a button to the next of them. */
export function Legend({ days, opened, onOpen }: LegendProps) {
  const marked = useMemo(() => new Map(signs.map(({ mark }) => [mark, days.marked(mark)])), [days]);
  return (
    <div className="-mx-1 flex w-full flex-wrap items-center text-small text-ink-soft">
      {signs.map(({ mark, title, more = '' }) => (
        <MarkEntry
          key={mark}
          title={title}
          more={more}
          marked={marked.get(mark) ?? { days: [], count: 0 }}
          // Backwards in time, from the newest again after the oldest.
          onNext={(found) => {
            const next = found.findLast((day) => opened !== null && day < opened) ?? found.at(-1);
            if (next !== undefined) onOpen(next);
          }}
        >
          <svg aria-hidden width={12} height={12}>
            <rect
              {...outlineOf(signBox, mark === 'missing')}
              className={mark === 'missing' ? missingFill : levelFills[mark === 'few' ? 1 : 3]}
            />
            <DayMarkSigns marks={[mark]} box={signBox} />
          </svg>
        </MarkEntry>
      ))}
    </div>
  );
}

/** The shades, from few to many. */
export function Shades() {
  return (
    <span className="ml-auto inline-flex items-center gap-1.5 text-small text-ink-soft">
      Less{' '}
      <svg aria-hidden width={68} height={12}>
        {levels.map((level, index) => (
          <rect
            key={level}
            {...outlineOf({ x: index * 14, y: 0, width: 12, height: 12 }, false)}
            className={levelFills[level]}
          />
        ))}
      </svg>{' '}
      More
    </span>
  );
}

interface MarkEntryProps {
  readonly title: string;
  /** The rest of the title, where there is room for it. */
  readonly more: string;
  readonly marked: MarkedDays;
  readonly onNext: (days: readonly number[]) => void;
  readonly children: ReactNode;
}

/** A sign and its meaning; where days have it, a button that leads from one to the next. */
function MarkEntry({ title, more, marked: { days, count }, onNext, children }: MarkEntryProps) {
  const formats = useFormats();
  if (count === 0) {
    return (
      <span className="inline-flex h-6 items-center gap-1 px-1">
        {children}
        <Title title={title} more={more} />
      </span>
    );
  }
  return (
    <Button
      look="quiet"
      className="h-6 gap-1 px-1 text-small"
      title={`Look at the ${count === 1 ? 'day' : 'next of them'}`}
      aria-label={`${title}${more}: ${formats.amount(count, 'day')}`}
      onClick={() => onNext(days)}
    >
      {children}
      <Title title={title} more={more} />
      <span className="font-semibold text-ink">{formats.count(count)}</span>
    </Button>
  );
}

function Title({ title, more }: Pick<MarkEntryProps, 'title' | 'more'>) {
  return (
    <span>
      {title}
      <span className={roomy}>{more}</span>
    </span>
  );
}
