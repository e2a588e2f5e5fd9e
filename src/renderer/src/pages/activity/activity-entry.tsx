import { ChevronRight, RefreshCw, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RefreshLogEntry } from '../../../../contract/warehouse';
import { OutcomeBadge } from '../../components/badge';
import { ErrorNotice } from '../../components/error-notice';
import { formatAmount, formatBytes } from '../../format/numbers';
import { formatDuration, formatInstant, formatTimeOfDay } from '../../format/time';

/** A refresh: what it read, what it built and exported. */
export function RefreshEntry({ refresh }: { refresh: RefreshLogEntry }) {
  return (
    <Entry
      icon={RefreshCw}
      title={`Refresh ${refresh.refreshId}`}
      job={refresh}
      figure={formatAmount(refresh.files, 'file')}
    >
      {refresh.error && <ErrorNotice error={refresh.error} className="mb-3" />}
      <Facts
        facts={[
          ['Read', `${formatAmount(refresh.files, 'file')}, ${formatBytes(refresh.bytes)}`],
          ...Object.entries(refresh.modelRows ?? {}).map(([name, rows]) => [name, formatAmount(rows, 'row')] as const),
          ...refresh.exports.map((path) => ['Exported', path] as const),
        ]}
      />
    </Entry>
  );
}

interface Job {
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly status: 'succeeded' | 'failed' | 'cancelled';
}

interface EntryProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly job: Job;
  readonly figure: string;
  readonly children: ReactNode;
}

/** A job that ended, on one line; it opens to show the rest. */
export function Entry({ icon: Icon, title, job, figure, children }: EntryProps) {
  return (
    <li className="border-b border-line/60 last:border-b-0">
      {/* What failed says why at once. */}
      <details open={job.status === 'failed'} className="group">
        <summary className="grid h-10 list-none grid-cols-[16px_44px_16px_1fr_100px_100px_90px] items-center gap-3 px-4 tabular-nums hover:bg-hover">
          <ChevronRight size={14} aria-hidden className="text-ink-faint transition-transform group-open:rotate-90" />
          <time dateTime={job.startedAt} title={formatInstant(job.startedAt)} className="text-ink-soft">
            {formatTimeOfDay(job.startedAt)}
          </time>
          <Icon size={15} strokeWidth={1.75} aria-hidden className="text-ink-soft" />
          <span className="truncate font-medium">{title}</span>
          <OutcomeBadge outcome={job.status} />
          <span className="text-right text-ink-soft">{figure}</span>
          <span className="text-right text-ink-soft">{formatDuration(elapsedOf(job))}</span>
        </summary>
        <div className="px-4 pt-1 pb-4 pl-[108px]">{children}</div>
      </details>
    </li>
  );
}

export function Facts({ facts }: { facts: readonly (readonly [name: string, value: string])[] }) {
  return (
    <dl className="grid grid-cols-[repeat(auto-fill,minmax(170px,1fr))] gap-x-6 gap-y-2 text-small">
      {facts.map(([name, value]) => (
        <div key={`${name} ${value}`}>
          <dt className="break-all text-ink-faint">{name}</dt>
          <dd className="break-all tabular-nums select-text">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** How long a job took, in milliseconds. */
export function elapsedOf({ startedAt, finishedAt }: Job): number {
  return Date.parse(finishedAt) - Date.parse(startedAt);
}
