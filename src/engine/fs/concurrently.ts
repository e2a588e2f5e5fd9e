/**
 * Works on every item, at most `limit` at a time, and ends when all of them are done. After a failure no further item
 * is begun, and the first error is thrown once those under way have ended.
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

/** How many file operations to have under way: libuv runs four at a time, a few more keep it busy. */
export const fileConcurrency = 16;
