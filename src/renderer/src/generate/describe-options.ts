import { eventNames } from '../../../contract/recipe';
import { parseNumber } from '../format/formats';
import { formatDates } from '../format/time';
import type { GenerateForm } from './generate-form';

/** Short summaries of the typed options, shown on collapsed rows. */
export function describeSize({ start, end, users, teams, seed }: GenerateForm): string {
  // Narrow rows break between the parts, not inside of them.
  return [formatDates(`${start} – ${end}`), `${users} users`, `${teams} teams`, `seed ${seed}`]
    .map((part) => part.replaceAll(' ', '\u00a0'))
    .join(' · ');
}

export function describePlanted({ profile, launch, outage, churn }: GenerateForm): string {
  if (profile === 'uniform') return 'realistic profile only';
  return listed([launch && 'launch', outage && 'outage', churn && 'churn']);
}

export function describeMess(form: GenerateForm): string {
  return listed([
    share(form.nullUsers, 'null users'),
    share(form.emptyProperties, 'empty'),
    share(form.duplicates, 'duplicates'),
    share(form.lateEvents, 'late'),
    share(form.malformedJson, 'malformed'),
    form.drift && 'schema drift',
  ]);
}

export function describeWeights({ weights }: GenerateForm): string {
  const changed = eventNames.filter((name) => parseNumber(weights[name]) !== 1);
  return changed.length === 0 ? 'default' : `${changed.length} of ${eventNames.length} changed`;
}

export function describeFiles({ workers, compression }: GenerateForm): string {
  return `${workers} ${workers === '1' ? 'worker' : 'workers'} · ${compression === 'none' ? 'uncompressed' : compression}`;
}

function share(percent: string, what: string): string | false {
  return parseNumber(percent) > 0 && `${percent}% ${what}`;
}

function listed(items: readonly (string | false)[]): string {
  return items.filter(Boolean).join(', ') || 'none';
}
