import { useEffect, useState } from 'react';
import type { ErrorReport } from '../../../../contract/app-error';
import type { ModelColumnProfile } from '../../../../contract/result-work';
import type { Model } from '../../../../contract/warehouse';
import { useConnection } from '../../client/connection-context';
import { errorReportOf, isAbort } from '../../client/error-report';

export interface ColumnProfiles {
  /** By column; missing ones are being loaded. */
  readonly profiles: ReadonlyMap<string, ModelColumnProfile>;
  readonly error: ErrorReport | null;
}

const none: ColumnProfiles = { profiles: new Map(), error: null };

/**
 * Profiles of a model's columns, loaded one at a time, so that other queries are not delayed. Cancelled on unmount;
 * reloaded after a refresh has changed the model.
 */
export function useColumnProfiles({ name, built }: Model, everything: boolean): ColumnProfiles & { retry: () => void } {
  const { warehouse } = useConnection();
  const [attempt, setAttempt] = useState(0);
  const columns = built?.columns.map((column) => column.name).join('\n') ?? '';
  const key = `${name} ${built?.refreshId} ${everything} ${attempt}`;
  const [found, setFound] = useState<{ key: string; state: ColumnProfiles }>({ key: '', state: none });

  useEffect(() => {
    if (!warehouse || columns === '') return;
    const leaving = new AbortController();
    const keep = (state: ColumnProfiles) => {
      if (!leaving.signal.aborted) setFound({ key, state });
    };
    const readAll = async () => {
      const profiles = new Map<string, ModelColumnProfile>();
      try {
        for (const column of columns.split('\n')) {
          const asked = { name, column, everything };
          profiles.set(column, await warehouse.client.model.profile(asked, { signal: leaving.signal }));
          keep({ profiles: new Map(profiles), error: null });
        }
      } catch (error) {
        if (!isAbort(error)) keep({ profiles, error: errorReportOf(error) });
      }
    };
    void readAll();
    return () => leaving.abort();
  }, [warehouse, name, columns, everything, key]);

  return { ...(found.key === key ? found.state : none), retry: () => setAttempt(attempt + 1) };
}
