import { CircleStop } from 'lucide-react';
import type { ReactNode } from 'react';
import type {
  GenerationPhase,
  GenerationProgress,
  GenerationRequest,
  WorkerProgress,
} from '../../../contract/generation';
import { daysBetween } from '../../../contract/calendar';
import { useMainAction } from '../client/queries';
import { Button } from '../components/button';
import { Card } from '../components/card';
import { ErrorNotice } from '../components/error-notice';
import { ProgressBar } from '../components/progress-bar';
import type { Formats } from '../format/formats';
import { useFormats } from '../format/use-formats';

export const phaseNames: Record<GenerationPhase, string> = {
  starting: 'Starting workers',
  writing: 'Writing Parquet files',
  committing: 'Moving files into place',
};

/** A run in progress: rows, rate, time left, and the state of each worker. */
export function GenerationProgressCard({
  request,
  progress,
}: {
  request: GenerationRequest;
  progress: GenerationProgress;
}) {
  const formats = useFormats();
  const { phase, rows, rowsTotal, elapsedMs, rowsPerSecond, workers } = progress;
  return (
    <Card
      title={`Generating ${formats.amount(rowsTotal, 'event')}`}
      note={phase === 'writing' ? `${phaseNames.writing} (hidden until the run finishes)` : phaseNames[phase]}
      actions={<CancelButton tooLate={phase === 'committing'} />}
    >
      <div className="px-4 pt-3 pb-4">
        <ProgressBar
          label="Generate"
          fraction={rows / rowsTotal}
          text={`${formats.count(rows)} of ${formats.amount(rowsTotal, 'row')}`}
        />
        <dl className="mt-3 grid grid-cols-4 gap-4">
          <Figure name="Rows" note={formats.percent(Math.floor((rows / rowsTotal) * 100) / 100)}>
            {formats.count(rows)}
          </Figure>
          <Figure name="Rows/s">{rowsPerSecond > 0 ? formats.compact(rowsPerSecond) : '–'}</Figure>
          <Figure name="Time left">{formatTimeLeft(progress, formats)}</Figure>
          <Figure name="Elapsed">{formats.elapsed(elapsedMs)}</Figure>
        </dl>
        <ul aria-label="Workers" className="mt-3 flex max-h-44 flex-col gap-1.5 overflow-y-auto">
          {workers.map((worker) => (
            <WorkerLane key={worker.worker} worker={worker} start={request.recipe.start} end={request.recipe.end} />
          ))}
        </ul>
        <p className="mt-3 border-t border-line pt-2.5 text-small text-ink-soft">
          {phase === 'committing'
            ? 'Publishing the new events. This step can’t be cancelled.'
            : 'Cancelling stops the workers and discards this run. Existing events are not affected.'}
        </p>
      </div>
    </Card>
  );
}

/** The time left at the current rate, in whole seconds to reduce flicker. */
export function formatTimeLeft({ remainingMs }: GenerationProgress, formats: Formats): string {
  return remainingMs === null ? '–' : formats.duration(Math.ceil(remainingMs / 1000) * 1000);
}

function CancelButton({ tooLate }: { tooLate: boolean }) {
  const cancel = useMainAction((client) => client.generation.cancel());
  return (
    <div className="flex flex-col items-end gap-2">
      <Button icon={CircleStop} busy={cancel.pending} disabled={tooLate} onClick={() => cancel.run()}>
        Cancel
      </Button>
      {cancel.error && <ErrorNotice error={cancel.error} />}
    </div>
  );
}

function Figure({ name, note, children }: { name: string; note?: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-small text-ink-soft">{name}</dt>
      <dd className="text-title font-semibold">
        {children} {note !== undefined && <span className="ml-1 text-small font-normal text-ink-soft">{note}</span>}
      </dd>
    </div>
  );
}

interface WorkerLaneProps {
  readonly worker: WorkerProgress;
  readonly start: string;
  readonly end: string;
}

/** The date range of the recipe as a track, with the days that the worker is writing. */
function WorkerLane({ worker: { worker, rows, days }, start, end }: WorkerLaneProps) {
  const formats = useFormats();
  const span = daysBetween(start, end);
  const atRest = rows > 0 ? 'done' : 'starting';
  return (
    <li className="grid grid-cols-[72px_1fr_170px_100px] items-center gap-3 text-small">
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
      <span className="text-ink-soft">{days ? formats.dates(`${days.first} – ${days.last}`) : atRest}</span>
      <span className="text-right text-ink-soft">{formats.amount(rows, 'row')}</span>
    </li>
  );
}
