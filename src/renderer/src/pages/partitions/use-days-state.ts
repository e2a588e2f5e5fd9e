import { useMemo, useState } from 'react';
import type { Partition } from '../../../../contract/partitions';
import { hrefTo, useRoute } from '../../navigation/route';
import { KeptState, useKept, useWorkspaceOwner } from '../../client/kept-state';
import { dateOf, dayNumber, Days, type DayRange } from '../../calendar/days';
import type { MeasureId } from './calendar/measures';
import { useDayActions } from './day/use-day-actions';

const keptMeasure = new KeptState<MeasureId>('rows');

/** What is looked at, chosen and being done on the page; the open day is part of the address. */
export function useDaysState(partitions: Partition[]) {
  const days = useMemo(() => new Days(partitions), [partitions]);
  const actions = useDayActions();
  const { item } = useRoute();
  const open = item !== null && /^\d{4}-\d\d-\d\d$/.test(item) ? item : null;
  const [measureId, setMeasureId] = useKept(keptMeasure, useWorkspaceOwner());
  const [selection, setSelection] = useState<DayRange | null>(null);
  const [active, setActive] = useState(open === null ? days.last : dayNumber(open));
  const [deleting, setDeleting] = useState<readonly string[] | null>(null);
  const [shown, setShown] = useState(open);
  if (open !== shown) {
    setShown(open);
    if (open !== null) setActive(dayNumber(open));
  }
  const look = (day: number) => {
    setActive(day);
    window.location.hash = hrefTo('partitions', dateOf(day));
  };
  return {
    days,
    actions,
    /** The date that is looked at. */
    open,
    look,
    measureId,
    setMeasureId,
    selection,
    setSelection,
    /** Where mouse and keyboard are. */
    active,
    setActive,
    /** The dates that the user is being asked about. */
    deleting,
    setDeleting,
  };
}

export type DaysState = ReturnType<typeof useDaysState>;
