import { SquareTerminal, Trash2, Undo2, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Partition } from '../../../../contract/partitions';
import { hrefTo, useRoute } from '../../app/route';
import { useDeletions } from '../../client/queries';
import { Button } from '../../components/button';
import { ErrorNotice } from '../../components/error-notice';
import { Notice } from '../../components/notice';
import { Segmented } from '../../components/segmented';
import { formatAmount, formatBytes } from '../../format/numbers';
import { Calendar } from './calendar';
import { describeDay } from './calendar-year';
import { DayDetail } from './day-detail';
import { dateOf, dayNumber, Days, type DayRange } from './days';
import { DeleteDialog } from './delete-dialog';
import { Legend } from './legend';
import { measureIds, measures, type MeasureId } from './measures';
import { PartitionsTable } from './partitions-table';
import { missingIn, totalsOf } from './totals';
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
        <section aria-label="Days" className={`${surface} flex-[11] @max-[1000px]:min-h-52`}>
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
            <DayDetail
              date={open}
              partition={days.at(dayNumber(open))}
              actions={actions}
              onDelete={() => setDeleting([open])}
              onMove={(step) => look(days.clamp(dayNumber(open) + step))}
              onClose={() => {
                actions.dismiss();
                goTo(null);
              }}
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

function UndoNotice({ actions }: { actions: DayActions }) {
  const last = useDeletions().data?.[0];
  if (!last) return null;
  const what = last.days.length === 1 ? (last.days[0] ?? '') : formatAmount(last.days.length, 'day');
  return (
    <Notice
      tone="info"
      action={
        <Button icon={Undo2} disabled={actions.pending} onClick={() => actions.restore(last.id)}>
          Undo
        </Button>
      }
    >
      {`Deleted ${what} (${formatAmount(last.files, 'file')}). The next refresh makes it final.`}
    </Notice>
  );
}

interface SelectionBarProps {
  readonly days: Days;
  readonly range: DayRange;
  readonly actions: DayActions;
  readonly onDelete: (dates: readonly string[]) => void;
  readonly onClear: () => void;
}

function SelectionBar({ days, range, actions, onDelete, onClear }: SelectionBarProps) {
  const chosen = days.in(range);
  const totals = totalsOf(chosen);
  const missing = missingIn(range, totals);
  const [first, last] = [dateOf(range.first), dateOf(range.last)];
  const facts = [
    formatAmount(totals.days, 'day'),
    formatAmount(totals.files, 'file'),
    formatAmount(totals.rows, 'row'),
    formatBytes(totals.bytes),
    missing > 0 && `${missing} missing`,
    totals.stale > 0 && `${totals.stale} stale`,
    totals.failing > 0 && `${totals.failing} failing`,
  ];
  return (
    <div
      role="region"
      aria-label="Selection"
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-t border-line bg-sunken px-4 py-1.5 tabular-nums"
    >
      <p role="status" className="min-w-0 flex-1">
        <span className="font-semibold whitespace-nowrap">{`${first} to ${last}`}</span>{' '}
        <span className="text-small text-ink-soft">{facts.filter(Boolean).join(' · ')}</span>
      </p>
      <Button icon={SquareTerminal} onClick={() => actions.openInConsole(first, last)}>
        Open in console
      </Button>
      <Button
        icon={Trash2}
        disabled={totals.files === 0}
        onClick={() => onDelete(chosen.flatMap(({ date, files }) => (files > 0 ? [date] : [])))}
      >
        Delete…
      </Button>
      <Button look="quiet" icon={X} aria-label="Clear selection" onClick={onClear} />
    </div>
  );
}
