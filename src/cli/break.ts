import { AppError } from '../contract/app-error';
import { addDays, daysBetween, isCalendarDate } from '../contract/calendar';
import { generationLimits } from '../contract/recipe';
import { breakageKinds, breakageWords, type Breakage } from '../contract/partitions';
import type { BreakOptions, CommandContext } from './context';
import { print, printJson } from './output/output';
import { plural } from './output/words';
import { withWarehouse } from './refresh';
import { openExistingWorkspace, recoverWorkspace } from './workspace';

/**
 * Breaks days on purpose, or with `--undo` restores those broken last.
 * @param kind one of {@link breakageKinds}; not needed with `--undo`
 */
export async function breakCommand(
  kind: string | undefined,
  options: BreakOptions,
  context: CommandContext,
): Promise<void> {
  const change = options.undo ? null : { days: daysOf(options.days), breakage: breakageOf(kind, options) };
  const workspace = await openExistingWorkspace(options);
  await recoverWorkspace(workspace);
  const done = await withWarehouse(workspace, context, (warehouse) =>
    warehouse.days.change(async (days) => {
      if (change) return days.break(change.days, change.breakage);
      const last = (await days.deletions()).find(({ breakage }) => breakage !== undefined);
      if (last) return days.restore(last.id);
      throw new AppError('INVALID_OPTIONS', 'Nothing to undo: no days are broken on purpose.', {
        action: 'Break days first.',
      });
    }),
  );
  if (options.json) return printJson(done);
  const what = done.breakage ? breakageWords(done.breakage) : 'deleted';
  const days = `${plural(done.days.length, 'day')} (${done.days[0]}${done.days.length > 1 ? ' …' : ''})`;
  await print(
    change ? `Broke ${days}: ${what}.` : `Restored ${days}, broken before: ${what}.`,
    change
      ? 'Refresh to see which checks and facts notice. Undo: micro-warehouse break --undo'
      : 'Refresh to bring the models up to date.',
  );
}

function breakageOf(kind: string | undefined, { hours, key }: BreakOptions): Breakage {
  const known = breakageKinds.find((candidate) => candidate === kind);
  if (!known) {
    throw new AppError('INVALID_OPTIONS', `The kind must be one of ${breakageKinds.join(', ')}.`, {
      action: 'Choose one of them, such as: micro-warehouse break duplicate --days 2025-02-05.',
    });
  }
  if (known === 'shift') return { kind: known, hours: Number(hours) };
  return known === 'add-key' ? { kind: known, key } : { kind: known };
}

/** Days of `2025-02-05,2025-03-01..2025-03-07`. */
function daysOf(text: string | undefined): string[] {
  const days = (text ?? '').split(',').flatMap((part) => {
    const [first = '', last = first] = part.trim().split('..');
    const count = daysBetween(first, last);
    if (!isCalendarDate(first) || !isCalendarDate(last) || count < 1 || count > generationLimits.days) return [null];
    return Array.from({ length: count }, (_, day) => addDays(first, day));
  });
  const read = days.filter((day) => day !== null);
  if (read.length === days.length) return read;
  throw new AppError('INVALID_OPTIONS', `--days must be days such as 2025-02-05 or 2025-02-05..2025-02-07.`, {
    action: 'Write days as YYYY-MM-DD, with commas between them, or the first and last of a range.',
  });
}
