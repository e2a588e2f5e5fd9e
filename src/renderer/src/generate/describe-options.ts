import { eventNames } from '../../../contract/recipe';
import type { Formats } from '../format/formats';
import type { GenerateForm } from './generate-form';

/** Short summaries of the typed options, shown on collapsed rows. */
export function describeSize({ start, end, users, teams, seed }: GenerateForm, formats: Formats): string {
  // Narrow rows break between the parts, not inside of them.
  return [formats.dates(`${start} – ${end}`), `${users} users`, `${teams} teams`, `seed ${seed}`]
    .map((part) => part.replaceAll(' ', '\u00a0'))
    .join(' · ');
}

export function describePlanted({ profile, launch, outage, churn }: GenerateForm): string {
  if (profile === 'uniform') return 'realistic profile only';
  return listed([launch && 'launch', outage && 'outage', churn && 'churn']);
}

export function describeMess(form: GenerateForm, formats: Formats): string {
  return listed([
    share(form.nullUsers, 'null users', formats),
    share(form.emptyProperties, 'empty', formats),
    share(form.duplicates, 'duplicates', formats),
    share(form.lateEvents, 'late', formats),
    share(form.malformedJson, 'malformed', formats),
    form.drift && 'schema drift',
  ]);
}

export function describeWeights({ weights }: GenerateForm, formats: Formats): string {
  const changed = eventNames.filter((name) => formats.parseNumber(weights[name]) !== 1);
  return changed.length === 0 ? 'default' : `${changed.length} of ${eventNames.length} changed`;
}

export function describeFiles({ workers, compression }: GenerateForm): string {
  return `${workers} ${workers === '1' ? 'worker' : 'workers'} · ${compression === 'none' ? 'uncompressed' : compression}`;
}

function share(percent: string, what: string, formats: Formats): string | false {
  return formats.parseNumber(percent) > 0 && `${percent}% ${what}`;
}

function listed(items: readonly (string | false)[]): string {
  return items.filter(Boolean).join(', ') || 'none';
}
