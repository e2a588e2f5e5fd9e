import { useMemo } from 'react';
import type { ErrorReport } from '../../../../contract/app-error';
import type { ConsoleTab } from '../../console/console-tab';
import type { StatementRun } from '../../console/tab-snapshot';
import { withCandidate } from '../../console/quick-fix';
import { useSqlWords } from './schema/use-knowledge';

/** A way to mend a statement, with one click. */
export interface QuickFix {
  readonly title: string;
  readonly apply: () => void;
}

/**
 * The names that DuckDB offers instead of an unknown one. A statement that only reads runs again with the new name.
 * @param error of the statement on show, with its position in it; null if it has not failed
 */
export function useQuickFixes(tab: ConsoleTab, run: StatementRun | null, error: ErrorReport | null): QuickFix[] {
  const words = useSqlWords().data;
  return useMemo(() => {
    if (!run || !error?.fix) return [];
    const { candidates } = error.fix;
    const reserved = new Set(words?.reserved ?? []);
    return candidates.flatMap((candidate): QuickFix[] => {
      const fixed = withCandidate(run.sql, error, candidate, reserved);
      if (fixed === null) return [];
      const apply = () => (run.allowChanges ? tab.rewrite(run, () => fixed) : tab.rerun(run, () => fixed));
      return [{ title: `Replace with “${candidate}”`, apply }];
    });
  }, [tab, run, error, words]);
}
