import { Ban, CircleX, PackagePlus, RefreshCw, type LucideIcon } from 'lucide-react';
import { Toolbar } from 'radix-ui';
import { hrefTo } from '../../navigation/route';
import { Card } from '../../components/card';
import { Skeleton } from '../../components/skeleton';
import { classNames } from '../../components/class-names';
import { useFormats } from '../../format/use-formats';
import { formatRound } from '../../format/durations';
import { byDay, durationAxis, elapsedOf, type ActivityDay, type ActivityEntry } from '../../jobs/entries';

/** As many as can be distinguished in the smallest window. */
const maxJobs = 40;

/** Keeps two jobs from being placed at opposite ends of the window. */
const widestJob = 72;

const title = 'Duration';

type Axis = ReturnType<typeof durationAxis>;

/**
 * The latest jobs in order of time, the newest at the right; the height is the duration. Jobs take seconds and are days
 * apart: on a linear time axis each would be a dot.
 */
export function TimeLine({ entries, chosen }: { entries: readonly ActivityEntry[]; chosen: string | null }) {
  const formats = useFormats();
  const shown = entries.slice(0, maxJobs).toReversed();
  const axis = durationAxis(shown.map(({ job }) => elapsedOf(job)));
  return (
    <Card title={title} className="mb-4">
      <div className="flex gap-2 px-4 pt-2 pb-2.5">
        <div aria-hidden className="relative h-24 w-14 shrink-0 text-right text-micro text-ink-faint">
          {axis.ticks.map((tick) => (
            <span key={tick} className="absolute right-0 translate-y-1/2" style={{ bottom: bottomOf(axis, tick) }}>
              {formatRound(tick)}
            </span>
          ))}
        </div>
        <div className="relative min-w-0 flex-1">
          <div aria-hidden className="absolute inset-x-0 top-0 h-24">
            {axis.ticks.map((tick) => (
              <span
                key={tick}
                className="absolute inset-x-0 border-t border-line/70"
                style={{ bottom: bottomOf(axis, tick) }}
              />
            ))}
          </div>
          <Toolbar.Root aria-label="Time line" loop={false} className="relative flex">
            {byDay(shown, formats).map((day) => (
              <Day key={day.day} {...day} axis={axis} chosen={chosen} />
            ))}
          </Toolbar.Root>
        </div>
      </div>
    </Card>
  );
}

/** A placeholder of the same height. */
export function TimeLineToCome() {
  return (
    <Card title={title} className="mb-4">
      <Skeleton className="mx-4 mt-2 mb-2.5 h-28" />
    </Card>
  );
}

/** Marks are 16 pixels high and stay within the 96 of the drawing. */
function bottomOf(axis: Axis, duration: number): string {
  return `${8 + axis.place(duration) * 80}px`;
}

function Day({ day, entries, axis, chosen }: ActivityDay & { axis: Axis; chosen: string | null }) {
  const formats = useFormats();
  return (
    <div
      className="@container min-w-0 border-l border-line-strong"
      style={{ flex: entries.length, maxWidth: entries.length * widestJob }}
    >
      <div className="flex h-24">
        {entries.map((entry) => (
          <Job key={entry.key} entry={entry} axis={axis} chosen={entry.key === chosen} />
        ))}
      </div>
      {/* As much of the date as fits. */}
      <p className="h-4 pl-1.5 text-micro whitespace-nowrap text-ink-faint">
        <span className="hidden @min-[68px]:inline">{day}</span>
        <span className="hidden @min-[38px]:inline @min-[68px]:hidden">
          {formats.shortDayOf(entries[0]?.job.startedAt ?? '')}
        </span>
      </p>
    </div>
  );
}

function Job({ entry, axis, chosen }: { entry: ActivityEntry; axis: Axis; chosen: boolean }) {
  const formats = useFormats();
  const { kind, job } = entry;
  const { icon: Icon, look } = signOf(entry);
  const took = formats.duration(elapsedOf(job));
  const name = `${kind === 'run' ? 'Generate' : 'Refresh'}, ${job.status} in ${took}, ${formats.instant(job.startedAt)}`;
  const bottom = bottomOf(axis, elapsedOf(job));
  return (
    <Toolbar.Link
      href={hrefTo('activity', entry.key)}
      title={name}
      aria-label={name}
      aria-current={chosen ? 'true' : undefined}
      draggable={false}
      className={classNames('relative min-w-0 flex-1 rounded-small', chosen ? 'bg-selected' : 'hover:bg-hover')}
    >
      <span
        aria-hidden
        className={classNames('absolute bottom-0 left-1/2 w-0.5 -translate-x-1/2 bg-current opacity-30', look)}
        style={{ height: bottom }}
      />
      <span
        aria-hidden
        className={classNames('absolute left-1/2 -translate-x-1/2 translate-y-1/2 rounded-full bg-surface', look)}
        style={{ bottom }}
      >
        <Icon size={16} strokeWidth={2} />
      </span>
    </Toolbar.Link>
  );
}

/** The kind of job, or how it failed: by shape and colour. */
function signOf({ kind, job }: ActivityEntry): { icon: LucideIcon; look: string } {
  if (job.status === 'failed') return { icon: CircleX, look: 'text-bad' };
  if (job.status === 'cancelled') return { icon: Ban, look: 'text-ink-faint' };
  if (kind === 'run') return { icon: PackagePlus, look: 'text-accent-ink' };
  return { icon: RefreshCw, look: (job.checksFailed ?? 0) > 0 ? 'text-ink-soft' : 'text-good' };
}
