import { CircleStop } from 'lucide-react';
import type { ReactNode } from 'react';
import type { GenerationProgress, GenerationRequest, WorkerProgress } from '../../../../contract/generation';
import { daysBetween } from '../../../../contract/recipe';
import { useMainAction } from '../../client/queries';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { ErrorNotice } from '../../components/error-notice';
import { ProgressBar } from '../../components/progress-bar';
import { formatAmount, formatCompact, formatCount } from '../../format/numbers';
import { formatDuration, formatElapsed } from '../../format/time';

const phases: Record<GenerationProgress['phase'], string> = {
  starting: 'Starting the workers',
  writing: 'Writing Parquet files',
  committing: 'Moving the files into place',
};

/** A run under way: how far, how fast, how long still, and what each worker is at. */
export function GenerationProgressCard({
  request,
  progress,
}: {
  request: GenerationRequest;
  progress: GenerationProgress;
}) {
  const { phase, rows, rowsTotal, elapsedMs, rowsPerSecond, remainingMs, workers } = progress;
  const cancel = useMainAction((client) => client.generation.cancel());
  return (
    <Card
      title={`Generating ${formatAmount(rowsTotal, 'event')}`}
      note={phases[phase]}
      actions={
        <Button icon={CircleStop} busy={cancel.pending} onClick={() => cancel.run()}>
          Cancel
        </Button>
      }
    >
      <div className="px-4 pt-3 pb-4">
        <ProgressBar
          label="Generate"
          fraction={rows / rowsTotal}
          text={`${formatCount(rows)} of ${formatAmount(rowsTotal, 'row')}`}
        />
        <dl className="mt-3 grid grid-cols-4 gap-4">
          <Figure name="Rows">{formatCount(rows)}</Figure>
          <Figure name="Rows/s">{rowsPerSecond > 0 ? formatCompact(rowsPerSecond) : '–'}</Figure>
          <Figure name="Time left">
            {remainingMs === null ? '–' : formatDuration(Math.ceil(remainingMs / 1000) * 1000)}
          </Figure>
          <Figure name="Elapsed">{formatElapsed(elapsedMs)}</Figure>
        </dl>
        <ul aria-label="Workers" className="mt-3 flex max-h-44 flex-col gap-1.5 overflow-y-auto">
          {workers.map((worker) => (
            <WorkerLane key={worker.worker} worker={worker} start={request.recipe.start} end={request.recipe.end} />
          ))}
        </ul>
        {cancel.error && <ErrorNotice error={cancel.error} className="mt-3" />}
      </div>
    </Card>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-small text-ink-soft">{name}</dt>
      <dd className="text-title font-semibold tabular-nums">{children}</dd>
    </div>
  );
}

/** The whole date range as a track, and on it the days that the worker is writing. */
function WorkerLane({
  worker: { worker, rows, days },
  start,
  end,
}: {
  worker: WorkerProgress;
  start: string;
  end: string;
}) {
  const span = daysBetween(start, end);
  return (
    <li className="grid grid-cols-[72px_1fr_170px_100px] items-center gap-3 text-small tabular-nums">
      <span className="font-medium">Worker {worker + 1}</span>
      <span aria-hidden className="relative h-2 overflow-hidden rounded-full bg-selected">
        {days && (
          <span
            className="absolute h-full rounded-full bg-accent transition-[left] duration-200"
            style={{
              left: `${((daysBetween(start, days.first) - 1) / span) * 100}%`,
              width: `max(4px, ${(daysBetween(days.first, days.last) / span) * 100}%)`,
            }}
          />
        )}
      </span>
      <span className="text-ink-soft">{days ? `${days.first} – ${days.last}` : 'waiting'}</span>
      <span className="text-right text-ink-soft">{formatAmount(rows, 'row')}</span>
    </li>
  );
}
