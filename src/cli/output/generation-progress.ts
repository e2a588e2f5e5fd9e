import { MultiBar, type SingleBar } from 'cli-progress';
import type { GenerationProgress, WorkerProgress } from '../../contract/generation';
import { note } from './output';
import { count, duration } from './words';

export interface GenerationView {
  readonly update: (progress: GenerationProgress) => void;
  readonly stop: () => void;
}

/** Bars on a terminal, otherwise a line every few seconds; always on stderr, so that stdout has only the result. */
export function showGeneration(): GenerationView {
  return process.stderr.isTTY ? bars() : lines();
}

const phases = { starting: 'Starting', writing: 'Writing', committing: 'Moving into place' } as const;

function bars(): GenerationView {
  const bar = new MultiBar({ stream: process.stderr, hideCursor: true, clearOnComplete: true, barsize: 24, fps: 10 });
  let total: SingleBar | undefined;
  const lanes: SingleBar[] = [];
  return {
    update: (progress) => {
      const { rows, rowsTotal, workers } = progress;
      total ??= bar.create(rowsTotal, 0, {}, { format: '{bar} {percentage}%  {text}' });
      total.update(rows, { text: summary(progress) });
      for (const { worker, ...lane } of workers) {
        lanes[worker] ??= bar.create(rowsTotal, 0, {}, { format: '  {text}' });
        lanes[worker].update(lane.rows, { text: laneText({ worker, ...lane }) });
      }
    },
    stop: () => bar.stop(),
  };
}

function laneText({ worker, rows, days }: WorkerProgress): string {
  return `worker ${worker + 1}: ${count(rows)} rows${days ? `, at ${days.first} to ${days.last}` : ''}`;
}

const secondsBetweenLines = 2;

function lines(): GenerationView {
  let nextAtMs = 0;
  let phase: GenerationProgress['phase'] = 'starting';
  return {
    update: (progress) => {
      if (progress.phase === phase && (progress.rows === 0 || progress.elapsedMs < nextAtMs)) return;
      phase = progress.phase;
      nextAtMs = progress.elapsedMs + secondsBetweenLines * 1000;
      const percent = Math.floor((100 * progress.rows) / progress.rowsTotal);
      note(`${phases[progress.phase]}: ${percent}%, ${summary(progress)}`);
    },
    stop: () => undefined,
  };
}

function summary({ rows, rowsTotal, rowsPerSecond, remainingMs }: GenerationProgress): string {
  const left = remainingMs ? `, ${duration(remainingMs)} left` : '';
  const rate = rows > 0 ? `, ${count(rowsPerSecond)} rows/s` : '';
  return `${count(rows)} of ${count(rowsTotal)} rows${rate}${left}`;
}
