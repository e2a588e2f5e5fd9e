import { useMemo, useState } from 'react';
import type { Partition } from '../../../../contract/partitions';
import { hrefTo, useRoute } from '../../app/route';
import { ErrorNotice } from '../../components/error-notice';
import { Segmented } from '../../components/segmented';
import { Calendar } from './calendar';
import { describeDay } from './calendar-year';
import { DayDetail } from './day-detail';
import { dateOf, dayNumber, Days, type DayRange } from './days';
import { DeleteDialog } from './delete-dialog';
import { Legend } from './legend';
import { measureIds, measures, type MeasureId } from './measures';
import { PartitionsTable } from './partitions-table';
import { SelectionBar } from './selection-bar';
import { UndoNotice } from './undo-notice';
import { useDayActions, type DayActions } from './use-day-actions';

const surface =
  'flex min-h-0 min-w-0 flex-col overflow-hidden rounded-large border border-line bg-surface shadow-raised';
const measureOptions = measureIds.map((value) => ({ value, title: measures[value].title }));
const goTo = (date: string | null) =>
  (window.location.hash = date === null ? hrefTo('partitions') : hrefTo('partitions', date));

/** The days as a calendar; beside it the table, or the day that was chosen. */
export function DaysView({ partitions }: { partitions: Partition[] }) {
  const days = useMemo(() => new Days(partitions), [partitions]);
  const actions = useDayActions();
  const { item } = useRoute();
  const open = item !== null && /^\d{4}-\d\d-\d\d$/.test(item) ? item : null;
  const [measureId, setMeasureId] = useState<MeasureId>('rows');
  const [selection, setSelection] = useState<DayRange | null>(null);
  const [active, setActive] = useState(open === null ? days.last : dayNumber(open));
  const [deleting, setDeleting] = useState<readonly string[] | null>(null);
  const [shown, setShown] = useState(open);
  if (open !== shown) {
    setShown(open);
    if (open !== null) setActive(dayNumber(open));
  }
  const measure = measures[measureId];
  const look = (day: number) => {
    setActive(day);
    goTo(dateOf(day));
  };
  return (
    <div className="@container flex min-h-0 flex-1 flex-col gap-3">
      <UndoNotice actions={actions} />
      {actions.error && open === null && <ErrorNotice error={actions.error} />}
      <div className="flex min-h-0 flex-1 flex-col gap-4 @min-[1000px]:flex-row">
        <section
          aria-label="Days"
          className={`${surface} flex-[11] @max-[1000px]:min-h-52 @min-[1000px]:min-w-[616px]`}
        >
          <header className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 pt-3 pb-2">
            <Segmented label="Shade by" value={measureId} options={measureOptions} onChange={setMeasureId} />
            <Legend />
          </header>
          <div className="flex min-h-0 flex-1 flex-col px-4">
            <Calendar
              days={days}
              measure={measure}
              selection={selection}
              onSelect={setSelection}
              onOpen={look}
              active={days.clamp(active)}
              onActive={setActive}
            />
          </div>
          {selection ? (
            <SelectionBar
              days={days}
              range={selection}
              actions={actions}
              onDelete={setDeleting}
              onClear={() => setSelection(null)}
            />
          ) : (
            <p className="shrink-0 truncate border-t border-line bg-sunken px-4 py-1.5 text-small text-ink-soft tabular-nums">
              {describeDay(days.clamp(active), days, measure)}
            </p>
          )}
        </section>
        <div className={`${surface} flex-[9]`}>
          {open === null ? (
            <PartitionsTable partitions={partitions} onOpen={(date) => look(dayNumber(date))} />
          ) : (
            <OpenDay date={open} days={days} actions={actions} onDelete={setDeleting} onLook={look} />
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

interface OpenDayProps {
  readonly date: string;
  readonly days: Days;
  readonly actions: DayActions;
  readonly onDelete: (dates: readonly string[]) => void;
  readonly onLook: (day: number) => void;
}

function OpenDay({ date, days, actions, onDelete, onLook }: OpenDayProps) {
  const day = dayNumber(date);
  return (
    <DayDetail
      date={date}
      partition={days.at(day)}
      actions={actions}
      onDelete={() => onDelete([date])}
      onMove={(step) => onLook(days.clamp(day + step))}
      onClose={() => {
        actions.dismiss();
        goTo(null);
      }}
    />
  );
}
