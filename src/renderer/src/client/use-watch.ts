import { useEffect, useState } from 'react';
import type { ErrorReport } from '../../../contract/app-error';
import type { Link } from './connection';
import { errorReportOf } from './error-report';

/** The latest state of a stream; undefined until the first one has come. */
export interface Watched<T> {
  readonly value: T | undefined;
  readonly error: ErrorReport | null;
}

const nothingYet = { value: undefined, error: null } as const;

/** Follows a stream of states for as long as its link lasts. `open` must keep its identity. */
export function useWatch<Client, T>(
  link: Link<Client> | null,
  open: (client: Client, signal: AbortSignal) => Promise<AsyncIterable<T>>,
): Watched<T> {
  const [latest, setLatest] = useState<Watched<T> & { linkId: number }>({ ...nothingYet, linkId: 0 });

  useEffect(() => {
    if (!link) return;
    const { id: linkId, client } = link;
    const leaving = new AbortController();
    const follow = async () => {
      for await (const value of await open(client, leaving.signal)) setLatest({ linkId, value, error: null });
    };
    follow().catch((error: unknown) => {
      if (!leaving.signal.aborted) setLatest({ linkId, value: undefined, error: errorReportOf(error) });
    });
    return () => leaving.abort();
  }, [link, open]);

  return latest.linkId === link?.id ? latest : nothingYet;
}
