import { createContext, use, useMemo, useState, type ReactNode } from 'react';
import type { GenerationState } from '../../../contract/generation';
import type { RefreshState } from '../../../contract/warehouse';

/** How a run or a refresh ended. Each end is an object of its own, so that its identity tells one from the next. */
export type JobEnd = Extract<GenerationState | RefreshState, { status: 'ended' }>;

interface DismissedNews {
  readonly isDismissed: (end: JobEnd) => boolean;
  readonly dismiss: (end: JobEnd) => void;
}

const DismissedNewsContext = createContext<DismissedNews | null>(null);

/** Remembers which ends the user has seen enough of, so that they are not back when a page is. */
export function DismissedNewsProvider({ children }: { children: ReactNode }) {
  const [ends, setEnds] = useState<readonly JobEnd[]>([]);
  const news = useMemo<DismissedNews>(
    () => ({
      isDismissed: (end) => ends.includes(end),
      dismiss: (end) => setEnds((all) => [...all, end]),
    }),
    [ends],
  );
  return <DismissedNewsContext value={news}>{children}</DismissedNewsContext>;
}

export function useDismissedNews(): DismissedNews {
  const news = use(DismissedNewsContext);
  if (!news) throw new Error('A DismissedNewsProvider is missing above this component.');
  return news;
}
