import type { QueryClient } from '@tanstack/react-query';

/**
 * Reads everything again after the data has changed. Data that no component shows is dropped: a page that is opened next
 * would show it, and with it the state before the change, until the new answer is there.
 */
export async function readAgain(queryClient: QueryClient): Promise<void> {
  queryClient.removeQueries({ predicate: (query) => query.getObserversCount() === 0 });
  await queryClient.invalidateQueries();
}
