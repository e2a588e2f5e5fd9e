import { Circle, CircleCheck, CircleX, LoaderCircle } from 'lucide-react';
import { useState } from 'react';
import type { RefreshStep } from '../../../contract/warehouse';
import { classNames } from '../components/class-names';
import { useFormats } from '../format/use-formats';
import { stopwatch, useNow } from '../format/use-now';

const signs = {
  waiting: { icon: Circle, look: 'text-ink-faint' },
  running: { icon: LoaderCircle, look: 'animate-spin text-accent-ink' },
  done: { icon: CircleCheck, look: 'text-good' },
  failed: { icon: CircleX, look: 'text-bad' },
};

/** The steps of a refresh, with rows and durations as far as known. */
export function StepList({ steps }: { steps: readonly RefreshStep[] }) {
  const longestMs = Math.max(1, ...steps.map(({ elapsedMs }) => elapsedMs ?? 0));
  return (
    <ol aria-label="Steps" className="columns-1 gap-8 @min-[680px]:columns-2">
      {steps.map((step) => (
        <Step key={step.name} step={step} longestMs={longestMs} />
      ))}
    </ol>
  );
}

interface StepProps {
  readonly step: RefreshStep;
  readonly longestMs: number;
}

function Step({ step: { name, status, elapsedMs, rows, progress }, longestMs }: StepProps) {
  const formats = useFormats();
  const { icon: Icon, look } = signs[status];
  return (
    <li className="flex h-6 min-w-0 break-inside-avoid items-center gap-2">
      <Icon size={14} aria-label={status} className={classNames('shrink-0', look)} />
      <span className={classNames('min-w-0 flex-1 truncate', status === 'waiting' && 'text-ink-faint')}>{name}</span>
      {progress && status === 'running' && (
        <span className="shrink-0 text-ink-soft">
          {`${formats.compact(progress.processedRows)} rows · ${formats.count(progress.completedSplits)} of ${formats.amount(progress.totalSplits, 'split')}`}
        </span>
      )}
      {rows !== null && <span className="shrink-0 text-ink-soft">{formats.amount(rows, 'row')}</span>}
      <span className="w-14 shrink-0 text-right text-ink-soft">
        {status === 'running' ? <RunningFor /> : elapsedMs !== null && formats.duration(elapsedMs)}
      </span>
      {/* A bar relative to the longest step: slow ones stand out without reading. */}
      <span aria-hidden className="w-10 shrink-0">
        <span
          className="block h-1.5 rounded-full bg-accent/45"
          style={{ width: `${(100 * (elapsedMs ?? 0)) / longestMs}%` }}
        />
      </span>
    </li>
  );
}

/** Time since the step was first seen running. */
function RunningFor() {
  const formats = useFormats();
  const [since] = useState(stopwatch);
  return formats.elapsed(useNow(stopwatch, 100) - since);
}
