import type { GenerationProgress, WorkerProgress } from '../../contract/generation';

const intervalMs = 100;

export interface ProgressReport {
  enter(phase: GenerationProgress['phase']): void;
  stop(): void;
}

/**
 * Tells how far a run is, at a steady pace, however often the workers report.
 * @param workers what each worker has done; read anew each time
 */
export function reportProgress(
  rowsTotal: number,
  workers: readonly WorkerProgress[],
  onProgress: (progress: GenerationProgress) => void,
): ProgressReport {
  const started = performance.now();
  let phase: GenerationProgress['phase'] = 'starting';
  const tell = () => {
    const rows = workers.reduce((sum, worker) => sum + worker.rows, 0);
    if (phase === 'starting' && rows > 0) phase = 'writing';
    const elapsedMs = performance.now() - started;
    const rowsPerSecond = elapsedMs > 0 ? (rows / elapsedMs) * 1000 : 0;
    const remainingMs = rows > 0 ? ((rowsTotal - rows) / rowsPerSecond) * 1000 : null;
    const copies = workers.map((worker) => ({ ...worker }));
    onProgress({ phase, rows, rowsTotal, elapsedMs, rowsPerSecond, remainingMs, workers: copies });
  };
  const timer = setInterval(tell, intervalMs);
  tell();
  return {
    enter: (next) => {
      phase = next;
      tell();
    },
    stop: () => clearInterval(timer),
  };
}
