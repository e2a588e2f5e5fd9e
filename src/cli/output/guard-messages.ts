import type { AppError } from '../../contract/app-error';

/** What the process of a command tells the one that guards it. */
export type GuardMessage =
  /** It writes its result; nothing else may be added to standard output. */
  | { readonly type: 'output' }
  /** It is in a part that stops by itself when it is asked to, however long that takes. */
  | { readonly type: 'patience'; readonly wanted: boolean }
  /** The step of a refresh that it is at. */
  | { readonly type: 'step'; readonly name: string }
  /** DuckDB has failed and can't be used any more; the process ends at once. */
  | { readonly type: 'duckdb-failed'; readonly cause: string };

/** The variable that holds the steps of a refresh that have ended a process before: how, by name, as JSON. */
export const crashedStepsVariable = 'MICRO_WAREHOUSE_CRASHED_STEPS';

/** Tells the guard; does nothing in a command that has none. */
export function tellGuard(message: GuardMessage): void {
  process.send?.(message, undefined, undefined, () => undefined);
}

/** The steps of this refresh that have ended a process before: how, by name. */
export function crashedSteps(): Record<string, string> {
  const steps: unknown = JSON.parse(process.env[crashedStepsVariable] ?? '{}');
  return Object.fromEntries(Object.entries(steps ?? {}).map(([name, cause]) => [name, String(cause)]));
}

/** Ends this process, whose DuckDB has failed; the guard goes on with another. Returns where there is no guard. */
export async function leaveToGuard({ message }: AppError): Promise<void> {
  if (!process.send) return;
  await new Promise((resolve) =>
    process.send?.({ type: 'duckdb-failed', cause: message }, undefined, undefined, resolve),
  );
  process.kill(process.pid, 'SIGKILL');
}

/** Reads a message of the other process. Written by hand: the guard must load nothing that takes time. */
export function readGuardMessage(message: unknown): GuardMessage | null {
  if (typeof message !== 'object' || message === null || !('type' in message)) return null;
  if (message.type === 'output') return { type: 'output' };
  if (message.type === 'patience' && 'wanted' in message) return { type: 'patience', wanted: message.wanted === true };
  if (message.type === 'step' && 'name' in message) return { type: 'step', name: String(message.name) };
  if (message.type === 'duckdb-failed' && 'cause' in message)
    return { type: 'duckdb-failed', cause: String(message.cause) };
  return null;
}
