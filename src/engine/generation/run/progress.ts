import type { GenerationPhase, GenerationProgress, WorkerProgress } from '../../../contract/generation';
import type { PhaseClock } from './phase-clock';
import { sum } from '../../../contract/sum';

const intervalMs = 100;

export interface ProgressReport {
  enter(phase: GenerationPhase): void;
  stop(): void;
}

/**
 * Reports the progress of a run at a steady pace, however often the workers report.
 * @param workers the progress of each worker, read again each time
 */
export function reportProgress(
  rowsTotal: number,
  workers: readonly WorkerProgress[],
  clock: PhaseClock,
  onProgress: (progress: GenerationProgress) => void,
): ProgressReport {
  const started = performance.now();
  const tell = () => {
    const rows = sum(workers.map((worker) => worker.rows));
    const elapsedMs = performance.now() - started;
    const rowsPerSecond = elapsedMs > 0 ? (rows / elapsedMs) * 1000 : 0;
    const remainingMs = rows > 0 ? ((rowsTotal - rows) / rowsPerSecond) * 1000 : null;
    const copies = workers.map((worker) => ({ ...worker }));
    onProgress({ phase: clock.phase, rows, rowsTotal, elapsedMs, rowsPerSecond, remainingMs, workers: copies });
  };
  const timer = setInterval(tell, intervalMs);
  tell();
  return {
    enter: (next) => {
      clock.enter(next);
      tell();
    },
    stop: () => clearInterval(timer),
  };
}
