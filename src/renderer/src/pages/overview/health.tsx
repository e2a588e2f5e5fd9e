import {
  CircleCheck,
  CircleDashed,
  CircleX,
  PackagePlus,
  RefreshCw,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { Check } from '../../../../contract/refresh-summary';
import { hrefTo } from '../../navigation/route';
import { errorReportOf } from '../../client/error-report';
import { useChecks, useRefreshHistory, useRunHistory } from '../../client/queries';
import { classNames } from '../../components/class-names';
import { ErrorNotice } from '../../components/error-notice';
import { Skeleton } from '../../components/skeleton';
import { useFormats } from '../../format/use-formats';
import { useNow, wallClock } from '../../format/use-now';
import { failingOf } from '../../refresh/checks-of';
import { elapsedOf, refreshKey, runKey, type EndedJob } from '../../jobs/entries';

/** Outcomes of the last run, the last refresh and the checks; each links to its details. */
export function Health() {
  const formats = useFormats();
  const runs = useRunHistory();
  const refreshes = useRefreshHistory();
  const checks = useChecks();
  const failed = [runs, refreshes, checks].find(({ error }) => error !== null);
  if (failed?.error) return <ErrorNotice error={errorReportOf(failed.error)} onRetry={() => void failed.refetch()} />;
  const run = runs.data?.[0];
  const refresh = refreshes.data?.[0];
  return (
    <ul aria-label="Health" className="grid grid-cols-3 gap-4">
      <Item name="Last run" icon={PackagePlus} href={hrefTo('activity', run && runKey(run))}>
        {runs.data && <JobLine job={run} what={run && `${formats.compact(run.rows)} events`} />}
      </Item>
      <Item name="Last refresh" icon={RefreshCw} href={hrefTo('activity', refresh && refreshKey(refresh))}>
        {refreshes.data && <JobLine job={refresh} what={refresh?.mode} />}
      </Item>
      <ChecksItem checks={checks.data} href={hrefTo('activity', refresh && refreshKey(refresh))} />
    </ul>
  );
}

interface ItemProps {
  readonly name: string;
  readonly icon: LucideIcon;
  readonly look?: string;
  readonly href: string;
  readonly children: ReactNode;
}

function Item({ name, icon: Icon, look = 'text-ink-faint', href, children }: ItemProps) {
  return (
    <li>
      <a
        href={href}
        draggable={false}
        className="flex h-15 items-center gap-3 rounded-large border border-line bg-surface px-4 shadow-raised transition-colors hover:border-line-strong hover:bg-sunken"
      >
        <Icon size={18} strokeWidth={1.75} aria-hidden className={classNames('shrink-0', look)} />
        <span className="@container min-w-0 flex-1">
          <span className="block text-small text-ink-soft">{name}</span>
          {children ?? <Skeleton className="my-1 h-3 w-32" />}
        </span>
      </a>
    </li>
  );
}

function JobLine({ job, what }: { job: EndedJob | undefined; what: string | undefined }) {
  const formats = useFormats();
  const now = useNow(wallClock, 15_000);
  if (!job) return <span className="block font-medium">None yet</span>;
  const parts = job.status === 'succeeded' ? [what, formats.duration(elapsedOf(job))] : [];
  return (
    <span className="block truncate" title={formats.instant(job.startedAt)}>
      <span className={classNames('font-medium', job.status === 'failed' && 'text-bad')}>
        {job.status === 'succeeded'
          ? formats.ago(job.finishedAt, now)
          : `${job.status}, ${formats.ago(job.finishedAt, now)}`}
      </span>
      {parts.map(
        (part, index) =>
          part !== undefined && (
            <span
              key={part}
              className={classNames('text-ink-soft', index > 0 ? '@max-[230px]:hidden' : '@max-[170px]:hidden')}
            >
              {` · ${part}`}
            </span>
          ),
      )}
    </span>
  );
}

function ChecksItem({ checks, href }: { checks: readonly Check[] | undefined; href: string }) {
  const { icon, look, text } = standingOf(checks ?? []);
  return (
    <Item name="Checks" icon={icon} look={look} href={href}>
      {checks && <span className="block truncate font-medium">{text}</span>}
    </Item>
  );
}

function standingOf(checks: readonly Check[]): { icon: LucideIcon; look: string; text: string } {
  const { failing, anyError } = failingOf(checks);
  if (failing.length > 0) {
    return {
      icon: anyError ? CircleX : TriangleAlert,
      look: anyError ? 'text-bad' : 'text-warn',
      text: `${failing.length} of ${checks.length} failing`,
    };
  }
  const ran = checks.some(({ result }) => result !== null);
  return ran
    ? { icon: CircleCheck, look: 'text-good', text: `All ${checks.length} passed` }
    : { icon: CircleDashed, look: 'text-ink-faint', text: 'Not run yet' };
}
