import type { PageAction } from '../../navigation/page-actions';
import type { Formats } from '../../format/formats';
import { dateOf, dayNumber, type DayRange } from '../../calendar/days';
import { measureIds, measures } from './calendar/measures';
import type { DaysState } from './use-days-state';

/**
 * The page's actions for the palette: the same as its buttons.
 * @param onCluster whether the files are on a cluster, and can't be changed from here
 */
export function pageActionsOf(page: DaysState, onCluster: boolean, formats: Formats): PageAction[] {
  const { days, measureId, setMeasureId, setSelection } = page;
  return [
    ...(page.open === null ? [] : dayActions(page, page.open, onCluster, formats)),
    ...(page.selection === null ? [] : selectionActions(page, page.selection, onCluster)),
    {
      id: 'select-all-days',
      title: 'Select all days',
      group: 'Partitions',
      run: () => setSelection({ first: days.first, last: days.last }),
    },
    ...measureIds.map((id) => ({
      id: `shade-by ${id}`,
      title: `Shade by ${measures[id].title.toLowerCase()}`,
      group: 'Partitions',
      words: 'calendar colour',
      run: id === measureId ? null : () => setMeasureId(id),
      whyNot: 'Already selected.',
    })),
  ];
}

function dayActions(page: DaysState, date: string, onCluster: boolean, formats: Formats): PageAction[] {
  const { days, actions, setDeleting, look } = page;
  const day = dayNumber(date);
  const { files = 0, locked = false } = days.at(day) ?? {};
  const group = formats.dates(date);
  const noFiles = locked ? 'This day can’t be read.' : 'This day has no files.';
  const moves: PageAction[] = [
    { id: 'day-before', title: 'Go to previous day', group, run: () => look(days.clamp(day - 1)) },
    { id: 'day-after', title: 'Go to next day', group, run: () => look(days.clamp(day + 1)) },
  ];
  const open: PageAction = {
    id: 'day-console',
    title: 'Open day in console',
    group,
    run: files > 0 ? () => actions.openInConsole(date, date) : null,
    whyNot: noFiles,
  };
  if (onCluster) return [open, ...moves];
  return [
    open,
    {
      id: 'day-compact',
      title: 'Compact day into one file',
      group,
      run: files > 1 ? () => actions.compact(date) : null,
      whyNot: files === 0 ? noFiles : 'Already a single file.',
    },
    { id: 'day-regenerate', title: 'Regenerate day', group, run: () => actions.repeat(date) },
    {
      id: 'day-delete',
      title: 'Delete day…',
      group,
      run: files > 0 ? () => setDeleting([date]) : null,
      whyNot: noFiles,
    },
    ...moves,
  ];
}

function selectionActions(page: DaysState, range: DayRange, onCluster: boolean): PageAction[] {
  const { days, actions, setDeleting, setSelection } = page;
  const group = 'Selection';
  const dates = days.in(range).flatMap(({ date, files }) => (files > 0 ? [date] : []));
  const clear = { id: 'selection-clear', title: 'Clear selection', group, run: () => setSelection(null) };
  const open = {
    id: 'selection-console',
    title: 'Open selected days in console',
    group,
    run: () => actions.openInConsole(dateOf(range.first), dateOf(range.last)),
  };
  if (onCluster) return [open, clear];
  return [
    open,
    {
      id: 'selection-delete',
      title: 'Delete selected days…',
      group,
      run: dates.length > 0 ? () => setDeleting(dates) : null,
      whyNot: 'The selected days have no files.',
    },
    clear,
  ];
}
