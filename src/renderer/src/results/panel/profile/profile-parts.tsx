import type { ColumnProfile } from '../../../../../contract/result-work';
import { useFormats } from '../../../format/use-formats';

/** Rows, nulls, distinct values and their distribution, as a list. */
export function ProfileFacts({ profile }: { profile: ColumnProfile }) {
  const formats = useFormats();
  const { rows, nulls, distinct, min, max, average, quantiles } = profile;
  const share = rows === 0 ? '' : ` (${formats.percent(nulls / rows)})`;
  const facts: [string, string][] = [
    ['Rows', formats.count(rows)],
    ['Nulls', `${formats.count(nulls)}${nulls > 0 ? share : ''}`],
    ['Distinct', formats.count(distinct)],
    ...optional('Min', min),
    ...quantiles.map(({ fraction, value }): [string, string] => [
      fraction === 0.5 ? 'Median' : formats.percent(fraction),
      value,
    ]),
    ...optional('Max', max),
    ...optional('Average', average),
  ];
  return (
    <dl className="grid grid-cols-[auto_1fr] content-start gap-x-4 gap-y-0.5 text-small">
      {facts.map(([fact, value]) => (
        <div key={fact} className="contents">
          <dt className="text-ink-soft">{fact}</dt>
          <dd className="truncate text-right font-mono select-text" title={value}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function optional(fact: string, value: string | null): [string, string][] {
  return value === null ? [] : [[fact, value]];
}

/** A histogram, or the most frequent values, as bars with text for screen readers. */
export function ProfileBars({ profile: { histogram, top } }: { profile: ColumnProfile }) {
  const formats = useFormats();
  const bars = histogram.length > 0 ? histogram : top;
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const title = histogram.length > 0 ? 'Histogram' : 'Most frequent values';
  if (bars.length === 0) return <p className="text-small text-ink-faint">No values to count.</p>;
  return (
    <>
      <p className="mb-1 text-small font-semibold">{title}</p>
      <ul aria-label={title} className="text-micro">
        {bars.map(({ label, count }) => (
          <li key={label} className="relative flex h-5 items-center gap-2 px-1">
            <span
              aria-hidden
              className="absolute inset-y-px left-0 rounded-small bg-accent/20"
              style={{ width: `${(count / most) * 100}%` }}
            />
            <span className="relative min-w-0 flex-1 truncate font-mono" title={label}>
              {label === '' ? '(empty)' : label}
            </span>
            <span className="relative">{formats.count(count)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
