import { ChevronRight, type LucideIcon } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { OutcomeBadge } from '../../components/badge';
import { useFormats } from '../../format/use-formats';
import { formatTimeOfDay } from '../../format/dates';
import { elapsedOf, type EndedJob } from '../../jobs/entries';
import { JobLog } from './job-log';

export interface EntryProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly job: EndedJob;
  /** Whether checks fail after it. */
  readonly flawed?: boolean;
  /** Duration of the longest job on the page, for comparison. */
  readonly longestMs: number;
  readonly figure: string;
  readonly children: ReactNode;
  /** Whether the address selects it: it is then expanded and scrolled into view. */
  readonly chosen: boolean;
}

/** One collapsible line of the activity. */
export function Entry(props: EntryProps) {
  const { icon: Icon, title, job, flawed = false, longestMs, figure, children, chosen } = props;
  const formats = useFormats();
  const details = useRef<HTMLDetailsElement>(null);
  // The content is rendered, and fetched, only when expanded: there may be hundreds.
  const [open, setOpen] = useState(chosen || job.status === 'failed');
  useEffect(() => {
    if (chosen && open) details.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen, open]);
  return (
    <li className="border-b border-line/60 last:border-b-0">
      {/* A failure shows its reason at once. */}
      <details
        ref={details}
        open={chosen || job.status === 'failed'}
        className="group"
        onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      >
        <summary className="grid h-10 list-none grid-cols-[16px_44px_16px_minmax(0,1fr)_92px_88px_64px] items-center gap-3 px-4 max-[760px]:grid-cols-[16px_44px_16px_minmax(0,1fr)_92px_64px] min-[1100px]:grid-cols-[16px_44px_16px_minmax(0,360px)_100px_100px_72px_minmax(0,1fr)] -outline-offset-2 hover:bg-hover">
          <ChevronRight size={14} aria-hidden className="text-ink-faint transition-transform group-open:rotate-90" />
          <time dateTime={job.startedAt} title={formats.instant(job.startedAt)} className="text-ink-soft">
            {formatTimeOfDay(job.startedAt)}
          </time>
          <Icon size={15} strokeWidth={1.75} aria-hidden className="text-ink-soft" />
          <span title={title} className="truncate font-medium">
            {title}
          </span>
          <OutcomeBadge outcome={job.status} flawed={flawed} />
          <span className="text-right text-ink-soft max-[760px]:hidden">{figure}</span>
          <span className="text-right text-ink-soft">{formats.duration(elapsedOf(job))}</span>
          {/* A bar relative to the longest job: slow ones stand out without reading. */}
          <span aria-hidden className="ml-3 hidden min-[1100px]:block">
            <span
              className="block h-1.5 min-w-0.5 rounded-full bg-accent/45"
              style={{ width: `${(100 * elapsedOf(job)) / longestMs}%` }}
            />
          </span>
        </summary>
        {open && (
          <div className="max-w-6xl px-4 pt-1 pb-4 pl-[108px] max-[1000px]:pl-11">
            {children}
            <JobLog job={job} />
          </div>
        )}
      </details>
    </li>
  );
}

/** Short facts with labels, in as many columns as fit. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: string])[] }) {
  return (
    <dl className="grid grid-cols-[repeat(auto-fill,minmax(170px,1fr))] gap-x-4 gap-y-2 text-small">
      {facts.map(([name, value]) => (
        <div key={`${name} ${value}`}>
          <dt className="break-all text-ink-faint">{name}</dt>
          <dd className="break-all normal-nums select-text">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
