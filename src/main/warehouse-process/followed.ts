import { linkedAbort } from '../../engine/linked-abort';
import { Observable } from '../../engine/observable';

/**
 * Yields the progress that `run` reports, then its return value. Aborted when the caller leaves, which shows either in
 * the call's signal or in the end of the iteration.
 */
export async function* followed<Event>(
  first: Event,
  signal: AbortSignal | undefined,
  run: (leaving: AbortSignal, tell: (event: Event) => void) => Promise<Event>,
): AsyncGenerator<Event, void, void> {
  const { controller: leaving, unlink } = linkedAbort(signal);
  const finished = new AbortController();
  const progress = new Observable<Event>(first);
  const running = run(leaving.signal, (event) => progress.set(event)).finally(() => finished.abort());
  running.catch(() => undefined);
  try {
    yield* progress.follow(finished.signal);
    yield await running;
  } finally {
    unlink();
    leaving.abort();
  }
}
