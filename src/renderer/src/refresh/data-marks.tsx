import { CircleX, FileWarning, History, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { Check } from '../../../contract/refresh-summary';
import { hrefTo } from '../navigation/route';
import { useChecks, useSummary } from '../client/queries';
import { OriginNote } from '../cluster/origin-note';
import { classNames } from '../components/class-names';
import { useFormats } from '../format/use-formats';
import { failingOf } from './checks-of';

/**
 * Warnings about the models' data, wherever it is shown: outdated, without damaged files, or failing checks. Renders
 * nothing if there are none.
 * @param of selects the checks of one model; all checks if omitted
 */
export function DataMarks({ of }: { of?: (checks: readonly Check[]) => readonly Check[] }) {
  const formats = useFormats();
  const { data: summary } = useSummary();
  const { data: allChecks } = useChecks();
  const checks = allChecks && of ? of(allChecks) : allChecks;
  if (!summary?.lastRefresh) return null;
  const { failing, anyError } = failingOf(checks ?? []);
  const { lastRefresh, stale, staleDays, leftOutFiles, problem } = summary;
  return (
    <span className="inline-flex shrink-0 flex-wrap items-center gap-1.5 align-middle">
      {lastRefresh.cluster && <OriginNote origin={lastRefresh.cluster} />}
      {stale && problem === null && (
        <Mark
          icon={History}
          href={hrefTo('overview')}
          title={`The files of ${formats.amount(staleDays.length, 'day')} have changed since the last refresh`}
        >
          Stale
        </Mark>
      )}
      {leftOutFiles.length > 0 && (
        <Mark icon={FileWarning} href={hrefTo('partitions')} title={`Left out: ${leftOutFiles.join(', ')}`}>
          {formats.amount(leftOutFiles.length, 'file')} left out
        </Mark>
      )}
      {failing.length > 0 && (
        <Mark
          icon={anyError ? CircleX : TriangleAlert}
          bad={anyError}
          href={hrefTo('overview')}
          title={failing.map(({ name, severity }) => `${name} (${severity})`).join(', ')}
        >
          {formats.amount(failing.length, 'check')} failing
        </Mark>
      )}
    </span>
  );
}

interface MarkProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly href: string;
  readonly bad?: boolean;
  readonly children: string | readonly string[];
}

function Mark({ icon: Icon, title, href, bad = false, children }: MarkProps) {
  return (
    <a
      href={href}
      title={title}
      className={classNames(
        'inline-flex items-center gap-1 rounded-small px-1.5 text-small font-medium whitespace-nowrap hover:underline',
        bad ? 'bg-bad-soft text-bad' : 'bg-warn-soft text-warn',
      )}
    >
      <Icon size={12} aria-hidden />
      {children}
    </a>
  );
}
