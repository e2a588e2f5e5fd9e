import os from 'node:os';

/** Signals that ask a command to stop. */
export const interrupts = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** One key press can arrive twice: from the terminal, and passed on by npm or `timeout`. */
export const sameInterruptMs = 1000;

let first: NodeJS.Signals | null = null;

/** By the shell's convention, 128 and the number of the signal: 130 for SIGINT, 143 for SIGTERM. */
export function exitCodeOf(signal: NodeJS.Signals): number {
  return 128 + os.constants.signals[signal];
}

/** The exit code of an interrupted command; that of SIGINT if it was cancelled without a signal. */
export function interruptedExitCode(): number {
  return exitCodeOf(first ?? 'SIGINT');
}

/**
 * Runs a command that stops cleanly on the first interrupt. A second one ends the process at once, and the next start
 * cleans up.
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
