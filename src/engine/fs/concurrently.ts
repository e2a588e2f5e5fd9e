/**
 * Runs `work` on every item, at most `limit` at a time, and returns when all are done. After a failure no further item
 * is started, and the first error is thrown once the running ones have ended.
 */
export async function forEachConcurrently<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const remaining = items.values();
  let failed = false;
  const worker = async () => {
    for (const item of remaining) {
      if (failed) return;
      try {
        await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, worker));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

/** Concurrent file operations: libuv runs four at a time, a few more keep it busy. */
export const fileConcurrency = 16;
