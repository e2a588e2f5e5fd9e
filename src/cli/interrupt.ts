const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** By the shell's convention, 128 + SIGINT. */
export const interruptedExitCode = 130;

/** One key press may arrive twice: from the terminal, and passed on by npm or `timeout`. */
const sameInterruptMs = 1000;

/**
 * Runs a command that stops cleanly on the first interrupt. A second one ends the process at once: what is left half
 * done then is cleared up by the next start.
 */
export async function withInterrupts(command: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  let firstAt = 0;
  const interrupt = () => {
    if (!controller.signal.aborted) firstAt = performance.now();
    else if (performance.now() - firstAt > sameInterruptMs) process.exit(interruptedExitCode);
    controller.abort();
  };
  for (const signal of signals) process.on(signal, interrupt);
  try {
    await command(controller.signal);
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}
