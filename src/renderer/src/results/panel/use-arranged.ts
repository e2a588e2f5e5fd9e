import { useEffect, useRef, useState } from 'react';
import type { ErrorReport } from '../../../../contract/app-error';
import type { Arrangement } from '../../../../contract/result-work';
import type { Result } from '../../../../contract/results';
import type { WarehouseClient } from '../../client/connection';
import { errorReportOf, isAbort } from '../../client/error-report';
import { openWindows, type OpenedResult } from '../query-session';

const asItCame: Arrangement = { sort: [], filters: [] };

/** A result in the order and with the filters that the user asks for; the old rows stay until the new ones are there. */
export function useArranged(opened: OpenedResult, client: WarehouseClient | null) {
  const [arrangement, setArrangement] = useState(asItCame);
  const [arranged, setArranged] = useState<OpenedResult | null>(null);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ErrorReport | null>(null);
  const { resultId } = opened.result;
  const plain = arrangement.sort.length === 0 && arrangement.filters.length === 0;

  useEffect(() => {
    setError(null);
    setPending(!plain);
    if (plain || !client) return;
    const leaving = new AbortController();
    const arrange = async () => {
      const result = await client.results.arrange({ resultId, ...arrangement }, { signal: leaving.signal });
      setArranged({ result, windows: await openWindows(client, result) });
    };
    arrange()
      .catch((problem: unknown) => {
        if (!leaving.signal.aborted && !isAbort(problem)) setError(errorReportOf(problem));
      })
      .finally(() => !leaving.signal.aborted && setPending(false));
    return () => leaving.abort();
  }, [client, resultId, arrangement, plain]);

  useClosed(arranged?.result ?? null, client);
  const shown = plain || !arranged ? opened : arranged;
  return { shown, arrangement, setArrangement, pending, error };
}

/** Closes an arranged result when another one takes its place. */
function useClosed(result: Result | null, client: WarehouseClient | null): void {
  const latest = useRef<Result | null>(null);
  useEffect(() => {
    const previous = latest.current;
    latest.current = result;
    if (previous && previous !== result) client?.results.close({ resultId: previous.resultId }).catch(() => undefined);
  }, [result, client]);
}
