import type { AppError } from '../../contract/app-error';

/** Messages from the process of a command to its guard process. */
export type GuardMessage =
  /** It is writing its result; nothing else may go to standard output. */
  | { readonly type: 'output' }
  /** It is in a part that stops by itself when asked to, however long that takes. */
  | { readonly type: 'patience'; readonly wanted: boolean }
  /** The current step of a refresh. */
  | { readonly type: 'step'; readonly name: string }
  /** DuckDB has failed and can't be used any more; the process ends now. */
  | { readonly type: 'duckdb-failed'; readonly cause: string };

/** The environment variable with the steps of a refresh that crashed earlier processes and how, as JSON. */
export const crashedStepsVariable = 'MICRO_WAREHOUSE_CRASHED_STEPS';

/** Sends a message to the guard process; does nothing in a command that has none. */
export function tellGuard(message: GuardMessage): void {
  process.send?.(message, undefined, undefined, () => undefined);
}

/** Steps of this refresh that crashed earlier processes, with how each process ended. */
export function crashedSteps(): Record<string, string> {
  const steps: unknown = JSON.parse(process.env[crashedStepsVariable] ?? '{}');
  return Object.fromEntries(Object.entries(steps ?? {}).map(([name, cause]) => [name, String(cause)]));
}

/**
 * Ends this process after DuckDB has failed; the guard process starts another. Returns if there is no guard process.
 */
export async function leaveToGuard({ message }: AppError): Promise<void> {
  if (!process.send) return;
  await new Promise((resolve) =>
    process.send?.({ type: 'duckdb-failed', cause: message }, undefined, undefined, resolve),
  );
  process.kill(process.pid, 'SIGKILL');
}

/** Reads a message of the other process. Written by hand because the guard process must load nothing slow. */
export function readGuardMessage(message: unknown): GuardMessage | null {
  if (typeof message !== 'object' || message === null || !('type' in message)) return null;
  if (message.type === 'output') return { type: 'output' };
  if (message.type === 'patience' && 'wanted' in message) return { type: 'patience', wanted: message.wanted === true };
  if (message.type === 'step' && 'name' in message) return { type: 'step', name: String(message.name) };
  if (message.type === 'duckdb-failed' && 'cause' in message)
    return { type: 'duckdb-failed', cause: String(message.cause) };
  return null;
}
