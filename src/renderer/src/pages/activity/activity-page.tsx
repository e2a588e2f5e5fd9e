import { History } from 'lucide-react';
import { useMemo } from 'react';
import { hrefTo } from '../../app/route';
import { errorReportOf } from '../../client/error-report';
import { useRefreshHistory, useRunHistory } from '../../client/queries';
import { EmptyState } from '../../components/empty-state';
import { ErrorNotice } from '../../components/error-notice';
import { Page } from '../../components/page';
import { SkeletonRows } from '../../components/skeleton';
import { formatAmount } from '../../format/numbers';
import { activityDays, type ActivityDay } from './entries';
import { RefreshEntry } from './refresh-entry';
import { RunEntry } from './run-entry';

/** What happened, how long did it take, what failed and why? */
export default function ActivityPage() {
  const runs = useRunHistory();
  const refreshes = useRefreshHistory();
  const days = useMemo(
    () => (runs.data && refreshes.data ? activityDays(runs.data, refreshes.data) : null),
    [runs.data, refreshes.data],
  );
  const failed = [runs, refreshes].find(({ error }) => error !== null);
  return (
    <Page
      title="Activity"
      note={
        runs.data &&
        refreshes.data &&
        `${formatAmount(runs.data.length, 'run')} · ${formatAmount(refreshes.data.length, 'refresh', 'refreshes')}`
      }
    >
      {failed?.error && (
        <ErrorNotice error={errorReportOf(failed.error)} onRetry={() => void failed.refetch()} className="mb-4" />
      )}
      {days?.map((day) => (
        <Day key={day.day} {...day} />
      ))}
      {days === null && !failed && (
        <div className="rounded-large border border-line bg-surface shadow-raised">
          <SkeletonRows rows={10} height={40} />
        </div>
      )}
      {days?.length === 0 && <NoActivity />}
    </Page>
  );
}

function Day({ day, entries }: ActivityDay) {
  return (
    <section aria-label={day} className="mx-auto mb-4 max-w-6xl">
      <h2 className="mb-1.5 px-1 text-small font-semibold text-ink-soft tabular-nums">{day}</h2>
      <ol className="overflow-hidden rounded-large border border-line bg-surface shadow-raised">
        {entries.map((entry) =>
          entry.job === 'run' ? (
            <RunEntry key={entry.key} run={entry.run} />
          ) : (
            <RefreshEntry key={entry.key} refresh={entry.refresh} />
          ),
        )}
      </ol>
    </section>
  );
}

function NoActivity() {
  return (
    <EmptyState
      icon={History}
      title="Nothing has happened yet"
      action={
        <a href={hrefTo('overview')} className="rounded-small font-medium text-accent-ink hover:underline">
          Go to the Overview
        </a>
      }
    >
      Every run and every refresh is kept here, with its options and what came of it.
    </EmptyState>
  );
}
