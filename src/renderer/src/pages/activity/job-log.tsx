import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { errorReportOf } from '../../client/error-report';
import { useLogLines } from '../../client/queries';
import { ErrorNotice } from '../../components/error-notice';
import { Skeleton } from '../../components/skeleton';
import { useFormats } from '../../format/use-formats';
import type { EndedJob } from '../../jobs/entries';

/** Log lines of all processes during a job; fetched when expanded. */
export function JobLog({ job }: { job: EndedJob }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="group/log mt-3 text-small" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="flex w-fit list-none items-center gap-1 rounded-small text-ink-soft hover:text-ink">
        <ChevronRight size={13} aria-hidden className="transition-transform group-open/log:rotate-90" />
        Log
      </summary>
      {open && <Lines job={job} />}
    </details>
  );
}

function Lines({ job: { startedAt, finishedAt } }: { job: EndedJob }) {
  const formats = useFormats();
  const { data, error, refetch } = useLogLines({ from: startedAt, to: finishedAt });
  if (error) return <ErrorNotice error={errorReportOf(error)} onRetry={() => void refetch()} className="mt-1.5" />;
  if (!data) return <Skeleton className="mt-1.5 h-12" />;
  if (data.lines.length === 0) {
    return <p className="mt-1.5 text-ink-soft">No log entries from that time.</p>;
  }
  return (
    <>
      <pre
        aria-label="Log lines"
        tabIndex={0}
        className="mt-1.5 max-h-52 overflow-auto rounded-medium border border-line bg-sunken p-2.5 font-mono text-micro whitespace-pre-wrap"
      >
        {data.lines.join('\n')}
      </pre>
      {data.leftOut > 0 && (
        <p className="mt-1 text-ink-soft">
          {formats.amount(data.leftOut, 'more line')} in the log files. See Help, Open Logs.
        </p>
      )}
    </>
  );
}
