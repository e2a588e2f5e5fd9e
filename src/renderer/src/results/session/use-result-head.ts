import { useEffect, useState } from 'react';
import type { ErrorReport } from '../../../../contract/app-error';
import { errorReportOf, isAbort } from '../../client/error-report';
import type { Block } from '../rows/block';
import type { ResultWindows } from '../rows/result-windows';

export interface ResultHead {
  /** Null until all are loaded. */
  readonly blocks: readonly Block[] | null;
  readonly error: ErrorReport | null;
}

const nothingYet: ResultHead = { blocks: null, error: null };

/** The first rows of a result all at once, for charts. */
export function useResultHead(windows: ResultWindows | null, limit: number): ResultHead {
  const [read, setRead] = useState<{ windows: ResultWindows | null; head: ResultHead }>({
    windows: null,
    head: nothingYet,
  });

  useEffect(() => {
    if (!windows) return;
    let left = false;
    const keep = (head: ResultHead) => {
      if (!left) setRead({ windows, head });
    };
    windows
      .head(limit)
      .then((blocks) => keep({ blocks, error: null }))
      .catch((error: unknown) => {
        // The process went away: a new one brings a new result.
        if (!isAbort(error)) keep({ blocks: null, error: errorReportOf(error) });
      });
    return () => {
      left = true;
    };
  }, [windows, limit]);

  return read.windows === windows ? read.head : nothingYet;
}
