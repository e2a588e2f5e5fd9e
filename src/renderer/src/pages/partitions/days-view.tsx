import { useRef } from 'react';
import type { Partition } from '../../../../contract/partitions';
import { useOrigin } from '../../cluster/use-cluster';
import { usePageActions } from '../../navigation/page-actions';
import { classNames } from '../../components/class-names';
import { ErrorNotice } from '../../components/error-notice';
import { Segmented } from '../../components/forms/segmented';
import { pane } from '../../components/surface';
import { Calendar } from './calendar/calendar';
import { describeDay } from './calendar/calendar-year';
import { pageActionsOf } from './page-actions';
import { DayDetail } from './day/day-detail';
import { dayNumber, type Days } from '../../calendar/days';
import { DeleteDialog } from './delete-dialog';
import { CheckChips } from './calendar/check-chips';
import { Legend, Shades } from './calendar/legend';
import { measureIds, measures } from './calendar/measures';
import { PartitionsTable } from './table/partitions-table';
import { SelectionBar } from './selection-bar';
import { UndoNotice } from './undo-notice';
import type { DayActions } from './day/use-day-actions';
import { useDaysState, type DaysState } from './use-days-state';
import { useKeptFocus } from './use-kept-focus';
import { useFormats } from '../../format/use-formats';

/** Side by side if a full year fits; the calendar gets the space that the other part leaves. */
export const columns = 'grid min-h-0 flex-1 gap-4 @min-[1000px]:grid-cols-[minmax(608px,2fr)_minmax(408px,1fr)]';
export const stacked = 'grid-rows-[minmax(13rem,5fr)_minmax(0,3fr)] @min-[1000px]:grid-rows-1';
const measureOptions = measureIds.map((value) => ({ value, title: measures[value].title }));

/** The days as a calendar; next to it the table, or the selected day. */
export function DaysView({ partitions }: { partitions: Partition[] }) {
  const formats = useFormats();
  const page = useDaysState(partitions);
  const { days, open, selection, measureId, actions, active, deleting, look } = page;
  const { listed, checks, setSelection, setActive, setDeleting } = page;
  const measure = measures[measureId];
  const calendarPart = useRef<HTMLElement>(null);
  const dayPart = useRef<HTMLDivElement>(null);
  useKeptFocus(open !== null, calendarPart, dayPart);
  usePageActions(pageActionsOf(page, useOrigin() !== null, formats));
  return (
    <div className="@container flex min-h-0 flex-1 flex-col gap-3 low:min-h-[44rem]!">
      <UndoNotice actions={actions} />
      {actions.error && open === null && <ErrorNotice error={actions.error} />}
      <div className={classNames(columns, open === null ? stacked : 'grid-rows-1')}>
        {/* In a narrow window, an open day replaces the calendar. */}
        <section
          ref={calendarPart}
          aria-label="Days"
          className={classNames(pane, open !== null && '@max-[1000px]:hidden')}
        >
          <CalendarHead page={page} />
          <div className="flex min-h-0 flex-1 flex-col pr-1 pb-1 pl-3">
            <Calendar
              days={days}
              measure={measure}
              filtered={checks.length > 0}
              selection={selection}
              onSelect={setSelection}
              opened={open === null ? null : dayNumber(open)}
              onOpen={look}
              active={days.clamp(active)}
              onActive={setActive}
            />
          </div>
          {/* The same height with and without a selection: nothing moves during a drag. */}
          <footer className="flex h-12 shrink-0 items-center gap-3 border-t border-line bg-sunken px-3">
            {selection ? (
              <SelectionBar
                days={days}
                range={selection}
                actions={actions}
                onDelete={setDeleting}
                onClear={() => setSelection(null)}
              />
            ) : (
              <DayLine text={describeDay(days.clamp(active), days, measure, formats)} />
            )}
          </footer>
        </section>
        <div ref={dayPart} className={pane}>
          {open === null ? (
            <PartitionsTable partitions={listed} onOpen={(date) => look(dayNumber(date))} />
          ) : (
            <OpenDay
              date={open}
              days={days}
              actions={actions}
              onDelete={setDeleting}
              onLook={look}
              onClose={page.close}
            />
          )}
        </div>
      </div>
      {deleting && (
        <DeleteDialog
          dates={deleting}
          onClose={() => setDeleting(null)}
          onDelete={() => {
            actions.remove([...deleting]);
            setSelection(null);
          }}
        />
      )}
    </div>
  );
}

/** How the calendar is shaded, marked and filtered. */
function CalendarHead({ page }: { page: DaysState }) {
  const { days, open, look, measureId, setMeasureId, failing, checks, setChecks } = page;
  return (
    <header className="@container flex flex-wrap items-center gap-x-2 gap-y-1.5 px-3 pt-3 pb-2">
      <Segmented label="Shade by" value={measureId} options={measureOptions} onChange={setMeasureId} />
      {measures[measureId].note !== undefined && (
        <span className="text-small text-ink-soft">{measures[measureId].note}</span>
      )}
      <Shades />
      <Legend days={days} opened={open === null ? null : dayNumber(open)} onOpen={look} />
      <CheckChips failing={failing} chosen={checks} onChange={setChecks} />
    </header>
  );
}

function DayLine({ text }: { text: string }) {
  return (
    // Content that does not fit wraps to a second line, which is hidden.
    <div className="flex h-5 min-w-0 flex-1 flex-wrap items-center gap-x-3 overflow-hidden">
      <p className="max-w-full truncate">{text}</p>
      <p className="ml-auto leading-5 text-small text-ink-soft">Drag or Shift-click to select a range</p>
    </div>
  );
}

interface OpenDayProps {
  readonly date: string;
  readonly days: Days;
  readonly actions: DayActions;
  readonly onDelete: (dates: readonly string[]) => void;
  readonly onLook: (day: number) => void;
  readonly onClose: () => void;
}

function OpenDay({ date, days, actions, onDelete, onLook, onClose }: OpenDayProps) {
  const day = dayNumber(date);
  return (
    <DayDetail
      date={date}
      partition={days.at(day)}
      fewRows={days.marksAt(day).includes('few')}
      actions={actions}
      origin={useOrigin()}
      onDelete={() => onDelete([date])}
      onMove={(step) => onLook(days.clamp(day + step))}
      onClose={onClose}
    />
  );
}
