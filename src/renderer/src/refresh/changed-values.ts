import { daysBetween } from '../../../contract/calendar';
import type { RefreshChange } from '../../../contract/refresh-summary';
import type { Formats } from '../format/formats';

/** Most values listed for one change; beyond it, the number of rows says more. */
const valuesTold = 4;

/**
 * A change in words: `weekly_active_teams 12 → 14` if one row replaces another, otherwise the number of changed rows.
 * The period is shown elsewhere.
 */
export function changedValues({ kind, period, before, after }: RefreshChange, formats: Formats): string[] {
  const [was, is] = [before[0], after[0]];
  if (kind === 'changed' && was && is && before.length === 1 && after.length === 1) {
    return differing(was, is).map((name) => `${name} ${text(was[name], formats)} → ${text(is[name], formats)}`);
  }
  const only = kind === 'added' ? is : was;
  if (kind !== 'changed' && only && before.length + after.length === 1) {
    return Object.entries(only)
      .filter(([, value]) => period === null || !text(value, formats).startsWith(formats.dates(period)))
      .slice(0, valuesTold)
      .map(([name, value]) => `${name} ${text(value, formats)}`);
  }
  const rows = Math.max(before.length, after.length);
  return [kind === 'changed' ? `${formats.amount(rows, 'row')} with different values` : formats.amount(rows, 'row')];
}

/** Days as `2025-01-03`, `2025-01-03 – 2025-01-09` or, with gaps, `5 days from 2025-01-03`. */
export function daySpan(days: readonly string[], formats: Formats): string {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return 'the model’s SQL';
  if (days.length === 1) return formats.dates(first);
  const span = daysBetween(first, last);
  return formats.dates(
    span === days.length ? `${first} – ${last}` : `${formats.amount(days.length, 'day')} from ${first}`,
  );
}

type Row = RefreshChange['before'][number];

function differing(was: Row, is: Row): string[] {
  return Object.keys(is).filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]));
}

function text(value: Row[string] | undefined, formats: Formats): string {
  if (typeof value === 'number') return formats.exact(value);
  return typeof value === 'string' ? formats.dates(value) : JSON.stringify(value ?? null);
}
