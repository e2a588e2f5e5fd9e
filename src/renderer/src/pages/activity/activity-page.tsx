import { History } from 'lucide-react';
import { useMemo } from 'react';
import { z } from 'zod';
import type { PastRun } from '../../../../contract/generation';
import { usePageActions, type PageAction } from '../../navigation/page-actions';
import { hrefTo, useRoute } from '../../navigation/route';
import { errorReportOf } from '../../client/error-report';
import { useGenerationState, useJobsRunning, useRefreshState } from '../../client/live-state';
import { useRefreshHistory, useRunHistory } from '../../client/queries';
import { ButtonLink } from '../../components/button';
import { EmptyState } from '../../components/empty-state';
import { ErrorNotice } from '../../components/error-notice';
import { useKeptScroll } from '../../client/use-kept-scroll';
import { StoredState, useKept, useWorkspaceOwner } from '../../client/kept-state';
import { Page } from '../../components/page';
import { Segmented } from '../../components/forms/segmented';
import { Skeleton, SkeletonRows } from '../../components/skeleton';
import { surface } from '../../components/surface';
import { useFormats } from '../../format/use-formats';
import { useOpenGenerate } from '../../generate/generate-context';
import { GenerationProgressCard } from '../../generate/generation-progress';
import { RefreshProgressCard } from '../../refresh/refresh-progress';
import {
  activityEntries,
  activityFilters,
  byDay,
  elapsedOf,
  passes,
  type ActivityDay,
  type ActivityFilter,
} from '../../jobs/entries';
import { RefreshEntry } from './refresh-entry';
import { RunEntry } from './run-entry';
import { TimeLine, TimeLineToCome } from './time-line';

const keptFilter = new StoredState<ActivityFilter>('all', 'activity filter', z.enum(activityFilters));

const filters: readonly { readonly value: ActivityFilter; readonly title: string }[] = [
  { value: 'all', title: 'All' },
  { value: 'runs', title: 'Runs' },
  { value: 'refreshes', title: 'Refreshes' },
  { value: 'failed', title: 'Failed' },
];

/** The history of runs and refreshes: when, how long, which failed and why. */
export default function ActivityPage() {
  const formats = useFormats();
  const runs = useRunHistory();
  const refreshes = useRefreshHistory();
  const { item } = useRoute();
  const [filter, setFilter] = useKept(keptFilter, useWorkspaceOwner());
  const entries = useMemo(
    () => (runs.data && refreshes.data ? activityEntries(runs.data, refreshes.data) : null),
    [runs.data, refreshes.data],
  );
  // The entry in the address is shown regardless of the filter.
  const shown = entries?.filter((entry) => passes(filter, entry) || entry.key === item);
  usePageActions(useActivityActions(runs.data?.[0], filter, setFilter));
  const longestMs = Math.max(1, ...(shown ?? []).map(({ job }) => elapsedOf(job)));
  const busy = useJobsRunning();
  const empty = entries?.length === 0;
  const failed = [runs, refreshes].find(({ error }) => error !== null);
  return (
    <Page
      scrollRef={useKeptScroll('activity')}
      title="Activity"
      note={
        runs.data &&
        refreshes.data &&
        !empty &&
        `${formats.amount(runs.data.length, 'run')} · ${formats.amount(refreshes.data.length, 'refresh', 'refreshes')}`
      }
      actions={!empty && <Segmented label="Show" value={filter} options={filters} onChange={setFilter} />}
    >
      <UnderWay />
      {failed?.error && (
        <ErrorNotice error={errorReportOf(failed.error)} onRetry={() => void failed.refetch()} className="mb-4" />
      )}
      {shown && shown.length > 0 && <TimeLine entries={shown} chosen={item} />}
      {shown && byDay(shown, formats).map((day) => <Day key={day.day} {...day} longestMs={longestMs} chosen={item} />)}
      {entries === null && !failed && <Loading />}
      {empty && !busy && <NoActivity />}
      {!empty && shown?.length === 0 && <NothingShown filter={filter} />}
    </Page>
  );
}

/** The page's actions for the palette. */
function useActivityActions(
  lastRun: PastRun | undefined,
  filter: ActivityFilter,
  setFilter: (filter: ActivityFilter) => void,
): PageAction[] {
  const open = useOpenGenerate();
  const busy = useJobsRunning();
  return [
    {
      id: 'run-again',
      title: 'Run the last recipe again…',
      group: 'Activity',
      words: 'generate repeat',
      run: lastRun && !busy ? () => open(lastRun.request) : null,
      whyNot: busy ? 'Wait for the current run or refresh to finish.' : 'No runs yet.',
    },
    ...filters.map(({ value, title }) => ({
      id: `activity-filter ${value}`,
      title: `Show ${title.toLowerCase()}`,
      group: 'Activity',
      words: 'filter',
      run: value === filter ? null : () => setFilter(value),
      whyNot: 'Already shown.',
    })),
  ];
}

/** The running job. */
function UnderWay() {
  const generation = useGenerationState().value;
  const refresh = useRefreshState().value;
  if (generation?.status !== 'running' && refresh?.status !== 'running') return null;
  return (
    <div className="mb-4">
      {generation?.status === 'running' && <GenerationProgressCard {...generation} />}
      {refresh?.status === 'running' && <RefreshProgressCard {...refresh} />}
    </div>
  );
}

function Day({ day, entries, longestMs, chosen }: ActivityDay & { longestMs: number; chosen: string | null }) {
  return (
    <section aria-label={day} className="mb-4">
      <h2 className="mb-1.5 px-1 text-small font-semibold text-ink-soft">{day}</h2>
      <ol className={`overflow-hidden ${surface}`}>
        {entries.map((entry) =>
          entry.kind === 'run' ? (
            <RunEntry key={entry.key} run={entry.job} longestMs={longestMs} chosen={entry.key === chosen} />
          ) : (
            <RefreshEntry key={entry.key} refresh={entry.job} longestMs={longestMs} chosen={entry.key === chosen} />
          ),
        )}
      </ol>
    </section>
  );
}

/** Placeholders of time line and entries. */
function Loading() {
  return (
    <>
      <TimeLineToCome />
      <Skeleton className="mx-1 mb-1.5 h-4 w-20" />
      <div className={`overflow-hidden ${surface}`}>
        <SkeletonRows rows={8} height={41} />
      </div>
    </>
  );
}

function NothingShown({ filter }: { filter: ActivityFilter }) {
  return (
    <EmptyState icon={History} title={filter === 'failed' ? 'Nothing failed' : 'None yet'}>
      {filter === 'failed'
        ? 'No failures. Every run and refresh succeeded or was cancelled, and no check failed.'
        : 'No activity of this type yet.'}
    </EmptyState>
  );
}

function NoActivity() {
  return (
    <EmptyState
      icon={History}
      title="No activity yet"
      action={<ButtonLink href={hrefTo('overview')}>Go to Overview</ButtonLink>}
    >
      Every run and refresh is recorded here with its options and results.
    </EmptyState>
  );
}
