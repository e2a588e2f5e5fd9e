import { createContext, lazy, Suspense, use, useState, type ReactNode } from 'react';
import type { Check } from '../../../contract/refresh-summary';

const FailingRowsPanel = lazy(() => import('./failing-rows-panel'));

/**
 * Opens the rows that fail a check.
 * @param date only those of this partition (YYYY-MM-DD); all if omitted
 */
export type OpenFailingRows = (check: Check, date?: string) => void;

const OpenFailingRowsContext = createContext<OpenFailingRows | null>(null);

/** Provides the panel of failing rows, which can be opened on any page. */
export function FailingRowsProvider({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<{ readonly check: Check; readonly date: string | null } | null>(null);
  const [open] = useState<OpenFailingRows>(
    () => (check: Check, date?: string) => setAsked({ check, date: date ?? null }),
  );
  return (
    <OpenFailingRowsContext value={open}>
      {children}
      {asked && (
        <Suspense>
          <FailingRowsPanel {...asked} onClose={() => setAsked(null)} />
        </Suspense>
      )}
    </OpenFailingRowsContext>
  );
}

export function useOpenFailingRows(): OpenFailingRows {
  const open = use(OpenFailingRowsContext);
  if (!open) throw new Error('A FailingRowsProvider is missing above this component.');
  return open;
}
