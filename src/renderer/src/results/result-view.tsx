import { Table2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { EmptyState } from '../components/empty-state';
import { ErrorNotice } from '../components/error-notice';
import { SkeletonRows } from '../components/skeleton';
import { ResultGrid } from './grid/result-grid';
import type { QueryState } from './session/query-session';

/** The rows of one of the app's own statements, or why there are none. */
export function ResultView({ state, empty }: { state: QueryState; empty: ReactNode }) {
  if (state.status === 'failed') return <ErrorNotice error={state.error} onRetry={state.retry} className="m-4" />;
  if (state.status !== 'done') return <SkeletonRows rows={20} />;
  const { result } = state.outcome;
  if (!result || !state.windows || result.rows === 0) {
    return (
      <EmptyState icon={Table2} title="No rows">
        {empty}
      </EmptyState>
    );
  }
  return <ResultGrid key={result.resultId} columns={result.columns} windows={state.windows} />;
}
