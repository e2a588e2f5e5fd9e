/** Interrupts are some milliseconds apart. */
const mostAttempts = 100;

/**
 * Runs a short statement that must run although its session is being cancelled: an interrupt for an earlier statement
 * may hit it.
 */
export async function uninterrupted<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      const interrupted = error instanceof Error && error.message.startsWith('INTERRUPT');
      if (!interrupted || attempt === mostAttempts) throw error;
    }
  }
}
