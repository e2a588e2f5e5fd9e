import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { CalendarYear } from './calendar-year';
import { firstOfMonth, yearOf, type CalendarRow, type DayRange, type Days } from '../../../calendar/days';
import { useCalendarKeys } from './use-calendar-keys';
import { useCalendarPointer } from './use-calendar-pointer';
import { useGeometry } from './use-geometry';
import { levelsFor, type Measure } from './measures';

export interface CalendarProps {
  readonly days: Days;
  readonly measure: Measure;
  /** Whether days on which no check fails are faded. */
  readonly filtered: boolean;
  readonly selection: DayRange | null;
  readonly onSelect: (range: DayRange | null) => void;
  /** The open day; it is scrolled into view. */
  readonly opened: number | null;
  readonly onOpen: (day: number) => void;
  /** The positions of keyboard and mouse. */
  readonly active: number;
  readonly onActive: (day: number) => void;
}

/**
 * Every day as a square, one row per year, newest first; years without any day share a row. Only the visible years are
 * in the document.
 */
export function Calendar(props: CalendarProps) {
  const { days, measure, filtered, selection, onSelect, opened, onOpen, active, onActive } = props;
  const element = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(false);
  const gridId = useId();
  const cellId = useCallback((day: number) => `${gridId}-${day}`, [gridId]);
  const geometry = useGeometry(element, days);
  const levelOf = useMemo(() => levelsFor(measure, days.partitions), [measure, days]);
  const rows = useMemo(() => days.rows(), [days]);
  const { yearHeight } = geometry;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => element.current,
    estimateSize: () => yearHeight,
    overscan: 1,
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, yearHeight]);
  const show = useCallback(
    (day: number) => virtualizer.scrollToIndex(rowOf(rows, yearOf(day)), { align: 'auto' }),
    [virtualizer, rows],
  );
  useEffect(() => {
    if (opened !== null) show(opened);
  }, [opened, show]);

  const onKeyDown = useCalendarKeys({ days, active }, { onSelect, onOpen, onActive, show });
  const pointer = useCalendarPointer(
    { element, geometry, rows, days, selection, active },
    { onSelect, onOpen, onActive },
  );

  return (
    <div
      ref={element}
      role="grid"
      aria-label="Calendar"
      aria-multiselectable
      aria-activedescendant={cellId(active)}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      {...pointer}
      className="min-h-0 flex-1 touch-none overflow-y-auto [scrollbar-gutter:stable] rounded-small"
    >
      <div role="none" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (!row) return null;
          if (row.kind === 'gap') return <Gap key={row.first} {...row} top={start} height={yearHeight} />;
          const { year } = row;
          return (
            <div
              key={year}
              role="rowgroup"
              aria-label={String(year)}
              className="absolute left-0"
              style={{ top: start }}
            >
              <CalendarYear
                year={year}
                days={days}
                measure={measure}
                levelOf={levelOf}
                geometry={geometry}
                filtered={filtered}
                cellId={cellId}
                {...selectedIn(selection, year)}
                active={yearOf(active) === year && (focused || selection === null) ? active : null}
                opened={opened !== null && yearOf(opened) === year ? opened : null}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The position of a year, or of the gap that contains it. */
function rowOf(rows: readonly CalendarRow[], year: number): number {
  const found = rows.findIndex((row) =>
    row.kind === 'year' ? row.year === year : row.first <= year && year <= row.last,
  );
  return Math.max(0, found);
}

interface GapProps {
  readonly first: number;
  readonly last: number;
  readonly top: number;
  readonly height: number;
}

function Gap({ first, last, top, height }: GapProps) {
  return (
    <div role="row" className="absolute left-0 flex w-full items-center" style={{ top, height }}>
      <span
        role="gridcell"
        className="text-small text-ink-soft"
      >{`${first === last ? first : `${first} to ${last}`}: no days`}</span>
    </div>
  );
}

/** The part of a range within a year. */
function selectedIn(range: DayRange | null, year: number) {
  const first = Math.max(range?.first ?? Number.POSITIVE_INFINITY, firstOfMonth(year, 1));
  const last = Math.min(range?.last ?? Number.NEGATIVE_INFINITY, firstOfMonth(year, 13) - 1);
  return first <= last ? { selectedFirst: first, selectedLast: last } : { selectedFirst: null, selectedLast: null };
}
