import { useEffect, useState } from 'react';
import type { ErrorReport } from '../../../contract/app-error';
import type { Link } from './connection';
import { errorReportOf } from './error-report';

/** The latest value of a stream; undefined until the first one has arrived. */
export interface Watched<T> {
  readonly value: T | undefined;
  readonly error: ErrorReport | null;
}

const nothingYet = { value: undefined, error: null } as const;

/** Subscribes to a stream for the lifetime of its link. `watch` must be stable. */
export function useWatch<Client, T>(
  link: Link<Client> | null,
  watch: (client: Client, signal: AbortSignal) => Promise<AsyncIterable<T>>,
): Watched<T> {
  const [latest, setLatest] = useState<Watched<T> & { linkId: number }>({ ...nothingYet, linkId: 0 });

  useEffect(() => {
    if (!link) return;
    const leaving = new AbortController();
    const keep = (state: Watched<T>) => {
      if (!leaving.signal.aborted) setLatest({ linkId: link.id, ...state });
    };
    void follow(watch(link.client, leaving.signal), keep);
    return () => leaving.abort();
  }, [link, watch]);

  return latest.linkId === link?.id ? latest : nothingYet;
}

async function follow<T>(states: Promise<AsyncIterable<T>>, keep: (state: Watched<T>) => void): Promise<void> {
  try {
    for await (const value of await states) keep({ value, error: null });
  } catch (error) {
    keep({ value: undefined, error: errorReportOf(error) });
  }
}
