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
  /** Which arrangement has been tried, and why it failed. */
  const [tried, setTried] = useState<{ arrangement: Arrangement; error: ErrorReport | null } | null>(null);
  const { resultId } = opened.result;
  const plain = arrangement.sort.length === 0 && arrangement.filters.length === 0;

  useEffect(() => {
    if (plain || !client) return;
    const leaving = new AbortController();
    const arrange = async () => {
      const result = await client.results.arrange({ resultId, ...arrangement }, { signal: leaving.signal });
      setArranged({ result, windows: await openWindows(client, result) });
      setTried({ arrangement, error: null });
    };
    arrange().catch((problem: unknown) => {
      if (!leaving.signal.aborted && !isAbort(problem)) setTried({ arrangement, error: errorReportOf(problem) });
    });
    return () => leaving.abort();
  }, [client, resultId, arrangement, plain]);

  useClosed(arranged?.result ?? null, client);
  const shown = plain || !arranged ? opened : arranged;
  const pending = !plain && tried?.arrangement !== arrangement;
  return { shown, arrangement, setArrangement, pending, error: plain || pending ? null : (tried?.error ?? null) };
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
