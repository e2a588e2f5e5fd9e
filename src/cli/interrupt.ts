import os from 'node:os';

/** What asks a command to stop. */
export const interrupts = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** One key press may arrive twice: from the terminal, and passed on by npm or `timeout`. */
export const sameInterruptMs = 1000;

let first: NodeJS.Signals | null = null;

/** By the shell's convention, 128 and the number of the signal: 130 for SIGINT, 143 for SIGTERM. */
export function exitCodeOf(signal: NodeJS.Signals): number {
  return 128 + os.constants.signals[signal];
}

/** The exit code of a command that was interrupted; as for SIGINT where the user stopped it in another way. */
export function interruptedExitCode(): number {
  return exitCodeOf(first ?? 'SIGINT');
}

/**
 * Runs a command that stops cleanly on the first interrupt. A second one ends the process at once: what is left half
 * done then is cleared up by the next start.
 */
export async function withInterrupts(command: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  let firstAt = 0;
  const interrupt = (signal: NodeJS.Signals) => {
    if (!controller.signal.aborted) firstAt = performance.now();
    else if (performance.now() - firstAt > sameInterruptMs) process.exit(interruptedExitCode());
    first ??= signal;
    controller.abort();
  };
  for (const signal of interrupts) process.on(signal, interrupt);
  try {
    await command(controller.signal);
  } finally {
    for (const signal of interrupts) process.off(signal, interrupt);
  }
}
