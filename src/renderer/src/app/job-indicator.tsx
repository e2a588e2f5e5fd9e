import type { GenerationState } from '../../../contract/generation';
import type { RefreshState } from '../../../contract/warehouse';
import { useGenerationState, useRefreshState } from '../client/live-state';
import { ProgressTrack } from '../components/progress-bar';
import { formatPercent } from '../format/numbers';
import { hrefTo } from './route';

/** The jobs under way, on every page; each leads to where it is shown in full. */
export function JobIndicator() {
  const generation = generationFraction(useGenerationState().value);
  const refresh = refreshFraction(useRefreshState().value);
  return (
    <>
      {generation !== null && <JobLink title="Generating" fraction={generation} />}
      {refresh !== null && <JobLink title="Refreshing" fraction={refresh} />}
    </>
  );
}

function JobLink({ title, fraction }: { title: string; fraction: number }) {
  return (
    <a href={hrefTo('overview')} draggable={false} className="block rounded-medium px-2.5 py-2 hover:bg-hover">
      <span className="mb-1.5 flex justify-between text-small">
        <span className="font-medium">{title}</span>
        <span className="text-ink-soft tabular-nums">{formatPercent(Math.floor(fraction * 100) / 100)}</span>
      </span>
      <ProgressTrack fraction={fraction} />
    </a>
  );
}

function generationFraction(state: GenerationState | undefined): number | null {
  return state?.status === 'running' ? state.progress.rows / state.progress.rowsTotal : null;
}

function refreshFraction(state: RefreshState | undefined): number | null {
  if (state?.status !== 'running') return null;
  const done = state.steps.filter(({ status }) => status === 'done').length;
  return done / Math.max(1, state.steps.length);
}
