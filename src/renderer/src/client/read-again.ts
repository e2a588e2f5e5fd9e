import type { Query, QueryClient } from '@tanstack/react-query';

const isSummary = ({ queryKey }: Query) => queryKey.includes('summary');
const isModels = ({ queryKey }: Query) => queryKey.includes('models');

/**
 * Reads everything again after the data has changed. Data that no component shows is dropped: a page that is opened next
 * would show it, and with it the state before the change, until the new answer is there.
 *
 * The summary comes before the models: each new refresh in it runs the shown statements again. Models that come before it
 * would be drawn by statements of the refresh before, and then once more.
 */
export async function readAgain(queryClient: QueryClient): Promise<void> {
  queryClient.removeQueries({ predicate: (query) => query.getObserversCount() === 0 });
  const readOthers = queryClient.invalidateQueries({ predicate: (query) => !isSummary(query) && !isModels(query) });
  await queryClient.invalidateQueries({ predicate: isSummary });
  await queryClient.invalidateQueries({ predicate: isModels });
  await readOthers;
}
