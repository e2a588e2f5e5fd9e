import { useMemo, useState } from 'react';
import { z } from 'zod';
import type { Partition } from '../../../../contract/partitions';
import { useForgetItem, useKeptItem } from '../../navigation/kept-item';
import { hrefTo } from '../../navigation/route';
import { StoredState, useKept, useWorkspaceOwner } from '../../client/kept-state';
import { useCheckFilter } from '../../calendar/use-check-filter';
import { failingChecksOf, onlyChecks } from '../../calendar/check-filter';
import { dateOf, dayNumber, Days, type DayRange } from '../../calendar/days';
import { measureIds, type MeasureId } from './calendar/measures';
import { useDayActions } from './day/use-day-actions';

const keptMeasure = new StoredState<MeasureId>('rows', 'day measure', z.enum(measureIds));

/**
 * The state of the page: open day, selection and pending actions. The open day is part of the address; an address can
 * also select a range.
 */
export function useDaysState(partitions: Partition[]) {
  const owner = useWorkspaceOwner();
  const failing = useMemo(() => failingChecksOf(partitions), [partitions]);
  const [keptNames, setChecks] = useCheckFilter();
  // A check that no longer fails can't be switched off, so it doesn't count.
  const checks = useMemo(
    () => keptNames.filter((name) => failing.some((check) => check.name === name)),
    [keptNames, failing],
  );
  const days = useMemo(() => new Days(onlyChecks(partitions, checks)), [partitions, checks]);
  const listed = useMemo(
    () => (checks.length === 0 ? partitions : days.partitions.filter(({ failedChecks }) => failedChecks.length > 0)),
    [checks, days, partitions],
  );
  const actions = useDayActions();
  const item = useKeptItem();
  const forget = useForgetItem('partitions');
  const open = item !== null && /^\d{4}-\d\d-\d\d$/.test(item) ? item : null;
  const [measureId, setMeasureId] = useKept(keptMeasure, owner);
  const [selection, setSelection] = useState<DayRange | null>(null);
  const [active, setActive] = useState(open === null ? days.last : dayNumber(open));
  const [deleting, setDeleting] = useState<readonly string[] | null>(null);
  const [shown, setShown] = useState<string | null>(null);
  if (item !== shown) {
    setShown(item);
    if (open !== null) setActive(dayNumber(open));
    const range = rangeIn(item);
    if (range) {
      setSelection(range);
      setActive(range.first);
    }
  }
  const look = (day: number) => {
    setActive(day);
    window.location.hash = hrefTo('partitions', dateOf(day));
  };
  /** The page without an open day. */
  const close = () => {
    actions.dismiss();
    forget();
    window.location.hash = hrefTo('partitions');
  };
  return {
    days,
    /** All checks that fail on any day, and the names of those that the days are filtered by. */
    failing,
    /** The days that the filter leaves, for the table. */
    listed,
    checks,
    setChecks,
    actions,
    /** The open day. */
    open,
    look,
    close,
    measureId,
    setMeasureId,
    selection,
    setSelection,
    /** The positions of mouse and keyboard. */
    active,
    setActive,
    /** The dates in the confirmation dialog. */
    deleting,
    setDeleting,
  };
}

/** The range of days in an address, such as `2025-02-03..2025-02-09`. */
function rangeIn(item: string | null): DayRange | null {
  const [, first, last] = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/.exec(item ?? '') ?? [];
  return first === undefined || last === undefined ? null : { first: dayNumber(first), last: dayNumber(last) };
}

export type DaysState = ReturnType<typeof useDaysState>;
