/** An abort controller that also aborts with a caller's signal. */
export interface LinkedAbort {
  readonly controller: AbortController;
  /** Call it when the work has ended: the caller's signal may live longer. */
  readonly unlink: () => void;
}

/** `AbortSignal.any` for Node 18, which doesn't have it. */
export function linkedAbort(signal: AbortSignal | undefined): LinkedAbort {
  const controller = new AbortController();
  const abort = () => controller.abort();
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort, { once: true });
  return { controller, unlink: () => signal?.removeEventListener('abort', abort) };
}
