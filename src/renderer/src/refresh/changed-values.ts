import { daysBetween } from '../../../contract/calendar';
import type { RefreshChange } from '../../../contract/refresh-summary';
import { formatAmount, formatExact } from '../format/numbers';
import { formatDates } from '../format/time';

/** Most values listed for one change; beyond it, the number of rows says more. */
const valuesTold = 4;

/**
 * A change in words: `weekly_active_teams 12 → 14` if one row replaces another, otherwise the number of changed rows.
 * The period is shown elsewhere.
 */
export function changedValues({ kind, period, before, after }: RefreshChange): string[] {
  const [was, is] = [before[0], after[0]];
  if (kind === 'changed' && was && is && before.length === 1 && after.length === 1) {
    return differing(was, is).map((name) => `${name} ${text(was[name])} → ${text(is[name])}`);
  }
  const only = kind === 'added' ? is : was;
  if (kind !== 'changed' && only && before.length + after.length === 1) {
    return Object.entries(only)
      .filter(([, value]) => period === null || !text(value).startsWith(formatDates(period)))
      .slice(0, valuesTold)
      .map(([name, value]) => `${name} ${text(value)}`);
  }
  const rows = Math.max(before.length, after.length);
  return [kind === 'changed' ? `${formatAmount(rows, 'row')} with different values` : formatAmount(rows, 'row')];
}

/** Days as `2025-01-03`, `2025-01-03 – 2025-01-09` or, with gaps, `5 days from 2025-01-03`. */
export function daySpan(days: readonly string[]): string {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return 'the model’s SQL';
  if (days.length === 1) return formatDates(first);
  const span = daysBetween(first, last);
  return formatDates(span === days.length ? `${first} – ${last}` : `${formatAmount(days.length, 'day')} from ${first}`);
}

type Row = RefreshChange['before'][number];

function differing(was: Row, is: Row): string[] {
  return Object.keys(is).filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]));
}

function text(value: Row[string] | undefined): string {
  if (typeof value === 'number') return formatExact(value);
  return typeof value === 'string' ? formatDates(value) : JSON.stringify(value ?? null);
}
