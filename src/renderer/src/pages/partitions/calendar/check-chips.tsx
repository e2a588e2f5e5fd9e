import { CircleX, TriangleAlert } from 'lucide-react';
import type { FailingCheck } from '../../../calendar/check-filter';
import { classNames } from '../../../components/class-names';
import { useFormats } from '../../../format/use-formats';

export interface CheckChipsProps {
  /** All checks that fail on any day. */
  readonly failing: readonly FailingCheck[];
  /** Names of the checks that the days are filtered by; none for all. */
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** The failing checks as switches: with some on, calendar and table are about these checks only. */
export function CheckChips({ failing, chosen, onChange }: CheckChipsProps) {
  const formats = useFormats();
  if (failing.length === 0) return null;
  return (
    <div role="group" aria-label="Filter by check" className="flex w-full flex-wrap items-center gap-1">
      {failing.map(({ name, severity, days }) => {
        const on = chosen.includes(name);
        const Icon = severity === 'error' ? CircleX : TriangleAlert;
        return (
          <button
            key={name}
            type="button"
            aria-pressed={on}
            aria-label={`${name}: ${severity} on ${formats.amount(days, 'day')}`}
            title={on ? 'Show all checks again' : `Show only the days on which ${name} fails`}
            onClick={() => onChange(on ? chosen.filter((other) => other !== name) : [...chosen, name])}
            className={classNames(
              'inline-flex h-5.5 shrink-0 items-center gap-1 rounded-full border px-1.5 text-micro transition-colors',
              on ? 'border-accent bg-accent-soft text-ink' : 'border-line-strong text-ink-soft hover:bg-hover',
            )}
          >
            <Icon size={12} aria-hidden className={severity === 'error' ? 'text-bad' : 'text-warn'} />
            {name}
            <span className="font-semibold text-ink">{formats.count(days)}</span>
          </button>
        );
      })}
    </div>
  );
}
