import type { CheckResult } from '../../../contract/refresh-summary';
import { useFormats } from '../format/use-formats';
import { CheckStanding } from './check-standing';

/** The results of the checks after one refresh, which may be long ago. */
export function CheckResults({ checks }: { checks: readonly CheckResult[] }) {
  const formats = useFormats();
  return (
    <ul aria-label="Checks" className="divide-y divide-line/60">
      {checks.map(({ name, severity, passed, failedRows, failedDays }) => (
        <li key={name} className="flex items-center gap-3 px-4 py-1.5">
          <CheckStanding standing={passed ? 'passed' : severity} />
          <span className="min-w-0 flex-1 truncate font-mono text-small">{name}</span>
          <span className="text-small text-ink-soft">
            {passed ? '' : `${formats.amount(failedRows, 'row')} on ${formats.amount(failedDays, 'day')}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
