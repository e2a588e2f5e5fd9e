import { skipToken, useQuery } from '@tanstack/react-query';
import type { ErrorReport } from '../../../../contract/app-error';
import { errorReportOf, isAbort } from '../../client/error-report';
import type { Block } from '../rows/block';
import type { QueryState } from './query-session';
import { untilLeft } from './use-result-query';

export interface ResultHead {
  /** Null until all are loaded. */
  readonly blocks: readonly Block[] | null;
  readonly error: ErrorReport | null;
}

/** The first rows of a result all at once, for charts. */
export function useResultHead(state: QueryState, limit: number): ResultHead {
  const result = state.status === 'done' ? state.outcome.result : null;
  const windows = state.status === 'done' ? state.windows : null;
  const { data, error } = useQuery({
    queryKey: ['result', result?.resultId ?? null, 'head', limit],
    queryFn: windows ? ({ signal }) => windows.head(limit, signal) : skipToken,
    ...untilLeft,
  });
  // After an abort the process has gone: a new one brings a new result.
  return { blocks: data ?? null, error: error && !isAbort(error) ? errorReportOf(error) : null };
}
