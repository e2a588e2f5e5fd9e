import { CircleAlert, CircleCheck } from 'lucide-react';
import { useState } from 'react';
import type { GenerationState } from '../../../contract/generation';
import { refreshFraction } from '../../../contract/warehouse';
import { useGenerationState, useRefreshState } from '../client/live-state';
import { useRefreshedAt } from '../client/queries';
import { ProgressTrack } from '../components/progress-bar';
import { useFormats } from '../format/use-formats';
import { formatTimeLeft } from '../generate/generation-progress';
import { isRefreshedSince } from '../generate/run-news';
import { hrefTo } from '../navigation/route';

/** The running jobs, on every page; each links to its full progress. */
export function JobIndicator({ currentPage }: { currentPage: string }) {
  const generation = useGenerationState().value;
  const refresh = useRefreshState();
  const refreshedAt = useRefreshedAt();
  const refreshed = refreshFraction(refresh.value);
  // Overview shows how a run ended; after a visit there, it is no longer news.
  const [seen, setSeen] = useState<GenerationState>();
  if (currentPage === 'overview' && generation && seen !== generation) setSeen(generation);
  return (
    <>
      {generation?.status === 'running' && <GenerationLink {...generation} />}
      {refreshed !== null && <JobLink title="Refreshing" fraction={refreshed} />}
      {generation?.status === 'ended' &&
        currentPage !== 'overview' &&
        !isRefreshedSince(generation, { refresh, refreshedAt }) && <RunNews {...generation} />}
    </>
  );
}

function GenerationLink({ progress }: Extract<GenerationState, { status: 'running' }>) {
  const formats = useFormats();
  const { rows, rowsTotal, rowsPerSecond } = progress;
  return (
    <JobLink
      title="Generating"
      fraction={rows / rowsTotal}
      note={
        rowsPerSecond > 0
          ? `${formatTimeLeft(progress, formats)} left · ${formats.compact(rowsPerSecond)} rows/s`
          : 'starting'
      }
    />
  );
}

function JobLink({ title, fraction, note }: { title: string; fraction: number; note?: string }) {
  const formats = useFormats();
  return (
    <a
      href={hrefTo('overview')}
      draggable={false}
      className="block rounded-medium px-2.5 py-2 hover:bg-hover narrow:px-0.5"
    >
      <span className="mb-1.5 flex justify-between text-small">
        <span className="font-medium narrow:sr-only">{title}</span>
        <span className="text-ink-soft">{formats.percent(Math.floor(fraction * 100) / 100)}</span>
      </span>
      <ProgressTrack fraction={fraction} />
      {note !== undefined && (
        <span className="mt-1.5 block truncate text-micro text-ink-faint narrow:sr-only">{note}</span>
      )}
    </a>
  );
}

/** The outcome of the last run, for users on another page. */
function RunNews({ outcome }: Extract<GenerationState, { status: 'ended' }>) {
  const formats = useFormats();
  const Icon = outcome.succeeded ? CircleCheck : CircleAlert;
  if (!outcome.succeeded && outcome.error.code === 'CANCELLED') return null;
  return (
    <a
      href={hrefTo('overview')}
      draggable={false}
      className="flex justify-center gap-2 rounded-medium px-2.5 py-2 text-small hover:bg-hover"
    >
      <Icon
        size={14}
        aria-hidden
        className={outcome.succeeded ? 'mt-px shrink-0 text-good' : 'mt-px shrink-0 text-bad'}
      />
      <span className="flex-1 narrow:sr-only">
        <span className="block font-medium">
          {outcome.succeeded ? formats.amount(outcome.run.rows, 'new event') : 'Generation failed'}
        </span>
        <span className="text-ink-soft">{outcome.succeeded ? 'Refresh to see them' : 'See why'}</span>
      </span>
    </a>
  );
}
