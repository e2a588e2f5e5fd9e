import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import type { ErrorReport } from '../../../../contract/app-error';
import { errorReportOf, isAbort } from '../../client/error-report';

/** The answer to a question about a result. */
export interface ResultAnswer<T> {
  /** Of the previous question until there is one to this; null for none. */
  readonly answer: T | null;
  readonly error: ErrorReport | null;
  readonly pending: boolean;
}

/**
 * Asks about a result. A new question aborts the previous one.
 * @param resultId of the result; the rows behind an id never change, so nothing is read twice while it is on show
 * @param question all that the answer depends on besides the result
 * @param ask null to ask nothing
 */
export function useResultQuery<T>(
  resultId: string,
  question: readonly unknown[],
  ask: ((signal: AbortSignal) => Promise<T>) | null,
): ResultAnswer<T> {
  const { data, error, isPending, isPlaceholderData } = useQuery({
    queryKey: ['result', resultId, ...question],
    queryFn: ask ? ({ signal }) => ask(signal) : skipToken,
    placeholderData: keepPreviousData,
    ...untilLeft,
  });
  // The warehouse process has gone: a new one brings a new result.
  const lost = isAbort(error);
  return {
    answer: data ?? null,
    error: error && !lost ? errorReportOf(error) : null,
    pending: isPending || isPlaceholderData || lost,
  };
}

/**
 * Options of queries about a result: nothing makes their answers stale, also not the end of a job, and they are dropped
 * with the last component that shows them. So none outlives its result.
 */
export const untilLeft = { staleTime: 'static', gcTime: 0, structuralSharing: false } as const;
