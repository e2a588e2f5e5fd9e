import { useEffect, useState } from 'react';
import type { ErrorReport } from '../../../../contract/app-error';
import { errorReportOf, isAbort } from '../../client/error-report';

export interface Asked<T> {
  readonly answer: T | null;
  readonly error: ErrorReport | null;
  readonly pending: boolean;
}

/**
 * The answer to a question about a result. A new question aborts the one before; the old answer stays until the new
 * one is there. `ask` changes with what is asked; null asks nothing.
 */
export function useAsked<T>(ask: ((signal: AbortSignal) => Promise<T>) | null): Asked<T> {
  const [state, setState] = useState<Asked<T>>({ answer: null, error: null, pending: true });
  useEffect(() => {
    if (!ask) return;
    const leaving = new AbortController();
    setState(({ answer }) => ({ answer, error: null, pending: true }));
    ask(leaving.signal)
      .then((answer) => !leaving.signal.aborted && setState({ answer, error: null, pending: false }))
      .catch((problem: unknown) => {
        if (leaving.signal.aborted || isAbort(problem)) return;
        setState({ answer: null, error: errorReportOf(problem), pending: false });
      });
    return () => leaving.abort();
  }, [ask]);
  return state;
}
