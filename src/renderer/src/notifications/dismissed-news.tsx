import { createContext, use, useMemo, useState, type ReactNode } from 'react';
import type { GenerationState } from '../../../contract/generation';
import type { RefreshState } from '../../../contract/warehouse';

/** The outcome of a run or a refresh. Each outcome is a new object, identified by reference. */
export type JobEnd = Extract<GenerationState | RefreshState, { status: 'ended' }>;

interface DismissedNews {
  readonly isDismissed: (end: JobEnd) => boolean;
  readonly dismiss: (end: JobEnd) => void;
}

const DismissedNewsContext = createContext<DismissedNews | null>(null);

/** Remembers dismissed outcomes, so that they don't return when a page is reopened. */
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
