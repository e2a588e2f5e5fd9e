import { useEffect, useState } from 'react';
import type { ErrorReport } from '../../../../contract/app-error';
import { errorReportOf, isAbort } from '../../client/error-report';

export interface Asked<T> {
  readonly answer: T | null;
  readonly error: ErrorReport | null;
  readonly pending: boolean;
}

/**
 * The answer to a question about a result. A new question aborts the previous one; the old answer stays until the new
 * one has arrived. `ask` changes with the question; null for none.
 */
export function useAsked<T>(ask: ((signal: AbortSignal) => Promise<T>) | null): Asked<T> {
  const [state, setState] = useState<{ ask: typeof ask; answer: T | null; error: ErrorReport | null }>({
    ask: null,
    answer: null,
    error: null,
  });
  useEffect(() => {
    if (!ask) return;
    const leaving = new AbortController();
    ask(leaving.signal)
      .then((answer) => !leaving.signal.aborted && setState({ ask, answer, error: null }))
      .catch((problem: unknown) => {
        if (leaving.signal.aborted || isAbort(problem)) return;
        setState({ ask, answer: null, error: errorReportOf(problem) });
      });
    return () => leaving.abort();
  }, [ask]);
  const pending = state.ask !== ask;
  return { answer: state.answer, error: pending ? null : state.error, pending };
}
