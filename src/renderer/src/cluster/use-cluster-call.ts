import { useEffect, useRef, useState } from 'react';
import type { ErrorReport } from '../../../contract/app-error';
import type { ClusterDraft } from '../../../contract/cluster';
import type { MainClient } from '../client/connection';
import { useConnection } from '../client/connection-context';
import { errorReportOf } from '../client/error-report';

type CallState<T> =
  | { readonly status: 'idle' | 'pending' }
  | { readonly status: 'done'; readonly value: T }
  | { readonly status: 'failed'; readonly error: ErrorReport };

/** A call about a draft that takes its time, and can be stopped; it stops when the caller leaves. */
export function useClusterCall<T>(call: (client: MainClient, draft: ClusterDraft, signal: AbortSignal) => Promise<T>) {
  const { main } = useConnection();
  const running = useRef<AbortController | null>(null);
  const [state, setState] = useState<CallState<T>>({ status: 'idle' });
  useEffect(() => () => running.current?.abort(), []);
  const stop = () => {
    running.current?.abort();
    running.current = null;
    setState({ status: 'idle' });
  };
  const run = async (draft: ClusterDraft) => {
    if (!main) return;
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    setState({ status: 'pending' });
    try {
      const value = await call(main.client, draft, mine.signal);
      if (!mine.signal.aborted) setState({ status: 'done', value });
    } catch (error) {
      if (!mine.signal.aborted) setState({ status: 'failed', error: errorReportOf(error) });
    }
  };
  return { state, run: (draft: ClusterDraft) => void run(draft), stop };
}

export type ClusterCall<T> = ReturnType<typeof useClusterCall<T>>;
