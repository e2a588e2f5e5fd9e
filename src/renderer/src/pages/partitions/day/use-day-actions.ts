import { useQueryClient } from '@tanstack/react-query';
import type { Breakage } from '../../../../../contract/partitions';
import { useToast } from '../../../notifications/toast-context';
import { useMainAction, useModels, useRefreshId, useWarehouseAction } from '../../../client/queries';
import { readAgain } from '../../../client/read-again';
import { useFormats } from '../../../format/use-formats';
import { useShowSql } from '../../../console/use-show-sql';
import { placed } from '../../../cluster/placed';
import { bronze } from '../../../../../contract/relations';
import { daysSql } from './day-sql';

/** Enough rows of a day, or of several, to judge their content. */
export const mostDayRows = 1_000;

/** Actions on days; all queries refetch after a change. */
export function useDayActions() {
  const formats = useFormats();
  const toast = useToast();
  const queryClient = useQueryClient();
  const refreshed = useRefreshId() !== null;
  const models = useModels().data ?? [];
  const openInConsole = useShowSql();
  const rowsOf = (first: string, last: string, end: string) =>
    placed({ sql: `${daysSql(first, last, refreshed)}\nLIMIT ${mostDayRows}${end}` }, [bronze], models);
  const compact = useWarehouseAction<string>((client, date) => client.day.compact({ date }));
  const remove = useWarehouseAction<string[]>((client, dates) => client.day.remove({ dates }));
  const breakDays = useWarehouseAction<{ dates: string[]; breakage: Breakage }>((client, input) =>
    client.day.break(input),
  );
  const restore = useWarehouseAction<string>((client, id) => client.day.restore({ id }));
  const repeat = useMainAction<string>((client, date) => client.generation.repeatDay({ date }));
  const all = [compact, remove, breakDays, restore, repeat];
  const afterwards = { onSettled: () => void readAgain(queryClient) };
  const tell = (text: string) => () => toast({ text, note: 'Refresh to update models and metrics.', tone: 'good' });
  const begin = () => {
    for (const action of all) action.reset();
  };
  return {
    compact: (date: string) => (
      begin(),
      compact.run(date, { ...afterwards, onSuccess: tell(`Compacted ${formats.dates(date)} into one file`) })
    ),
    remove: (dates: string[]) => (begin(), remove.run(dates, afterwards)),
    break: (dates: string[], breakage: Breakage) => (begin(), breakDays.run({ dates, breakage }, afterwards)),
    restore: (id: string) => (begin(), restore.run(id, afterwards)),
    repeat: (date: string) => (
      begin(),
      repeat.run(date, { ...afterwards, onSuccess: tell(`Regenerated ${formats.dates(date)}`) })
    ),
    rowsOf: (first: string, last: string) => rowsOf(first, last, ''),
    openInConsole: (first: string, last: string) => openInConsole(rowsOf(first, last, ';\n')),
    compacting: compact.pending,
    breaking: breakDays.pending,
    repeating: repeat.pending,
    pending: all.some((action) => action.pending),
    error: all.flatMap((action) => action.error ?? [])[0] ?? null,
    dismiss: begin,
  };
}

export type DayActions = ReturnType<typeof useDayActions>;
