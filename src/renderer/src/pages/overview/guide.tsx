import { ChartArea, Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { hostOf, useCluster } from '../../cluster/use-cluster';
import { hrefTo } from '../../navigation/route';
import { useModels, useSuggestedRequest, useSummary } from '../../client/queries';
import { Button, ButtonLink } from '../../components/button';
import { Card } from '../../components/card';
import { classNames } from '../../components/class-names';
import { useFormats } from '../../format/use-formats';
import { ChartPicture, FilesPicture, LayersPicture } from './guide-pictures';
import { GenerateButton, RefreshButton } from './job-buttons';
import { tellsOfNewEvents } from './job-panel';
import type { Jobs } from './use-jobs';

export type GuideStep = 'generate' | 'refresh' | 'look';

const order: readonly GuideStep[] = ['generate', 'refresh', 'look'];

/** The three steps from an empty workspace to a first chart, with the button of the next one. */
export function Guide({ jobs, next, onDone }: { jobs: Jobs; next: GuideStep; onDone: () => void }) {
  const cluster = useCluster();
  const hasEvents = (useSummary().data?.daysHere ?? 0) > 0;
  const events = useEventsToCreate(jobs);
  const formats = useFormats();
  const metrics = useModels().data?.filter(({ layer }) => layer === 'gold').length;
  const host = cluster?.on === 'cluster' && !hasEvents ? hostOf(cluster.settings.server) : null;
  // The summary of a run above has the same button.
  const refreshLook = next === 'refresh' && !tellsOfNewEvents(jobs) ? 'primary' : 'secondary';
  const stateOf = (step: GuideStep) => {
    const distance = order.indexOf(step) - order.indexOf(next);
    if (distance === 0) return 'next';
    return distance < 0 ? 'done' : 'later';
  };
  return (
    <Card
      title="Get started in three steps"
      note={
        host === null
          ? 'Everything stays on this computer, in files that other tools can read.'
          : `${host} computes the models; gold comes to this computer, in files that other tools can read.`
      }
    >
      <ol aria-label="First steps" className="grid grid-cols-3 gap-3 p-4 pt-3">
        <Step
          number={1}
          title={host === null ? 'Generate' : 'Cluster'}
          state={stateOf('generate')}
          picture={<FilesPicture />}
          action={
            host === null &&
            next !== 'look' && <GenerateButton jobs={jobs} look={next === 'generate' ? 'primary' : 'secondary'} />
          }
        >
          {host === null
            ? `Create ${events} as Parquet files, one folder per day.`
            : `The events are Parquet files that ${host} can read, one folder per day.`}
        </Step>
        <Step
          number={2}
          title="Refresh"
          state={stateOf('refresh')}
          picture={<LayersPicture />}
          action={next !== 'look' && <RefreshButton jobs={jobs} look={refreshLook} />}
        >
          Build bronze, silver and gold models from the files, check them and export them.
        </Step>
        <Step
          number={3}
          title="Explore"
          state={stateOf('look')}
          picture={<ChartPicture />}
          action={next === 'look' && <PlacesToLook onDone={onDone} />}
        >
          Explore {metrics === undefined ? 'the metrics' : formats.amount(metrics, 'metric')}, browse{' '}
          <Place page={next === 'look' && 'layers'}>every layer</Place>, or query it all with{' '}
          <Place page={next === 'look' && 'console'}>SQL</Place>.
        </Step>
      </ol>
    </Card>
  );
}

/** The events of the running job, those that are here, or else those that Generate suggests, in words. */
function useEventsToCreate({ generation: { value: state } }: Jobs): string {
  const formats = useFormats();
  const here = useSummary().data?.rows ?? 0;
  const suggested = useSuggestedRequest().data?.recipe.rows;
  const running = state?.status === 'running' ? state.request.recipe.rows : null;
  const rows = running ?? (here > 0 ? here : suggested);
  return rows === undefined ? 'synthetic product events' : formats.amount(rows, 'synthetic product event');
}

function PlacesToLook({ onDone }: { onDone: () => void }) {
  return (
    <div className="flex items-center gap-1.5">
      {/* Distinguishes it for screen readers from the sidebar link of the same name. */}
      <ButtonLink look="primary" icon={ChartArea} href={hrefTo('metrics')} aria-label="Open Metrics">
        Metrics
      </ButtonLink>
      <Button look="quiet" onClick={onDone}>
        Done
      </Button>
    </div>
  );
}

/** A word that links to its page once the page has content. */
function Place({ page, children }: { page: string | false; children: string }) {
  if (page === false) return children;
  return (
    <a href={hrefTo(page)} className="rounded-small font-medium text-accent-ink hover:underline">
      {children}
    </a>
  );
}

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly state: 'done' | 'next' | 'later';
  readonly picture: ReactNode;
  readonly action: ReactNode;
  readonly children: ReactNode;
}

function Step({ number, title, state, picture, action, children }: StepProps) {
  return (
    <li
      aria-current={state === 'next' ? 'step' : undefined}
      className={classNames(
        'flex flex-col rounded-medium border p-3',
        state === 'next' ? 'border-accent/50 bg-accent-soft' : 'border-line',
      )}
    >
      <div className="flex items-start justify-between gap-3">
        <h3 className="flex items-center gap-2 font-semibold">
          <span
            className={classNames(
              'grid size-5 shrink-0 place-items-center rounded-full text-small font-semibold',
              state === 'next' && 'bg-accent text-on-accent',
              state === 'done' && 'bg-good-soft text-good',
              state === 'later' && 'bg-selected text-ink-soft',
            )}
          >
            {state === 'done' ? <Check size={12} strokeWidth={3} aria-label="done" /> : number}
          </span>
          {title}
        </h3>
        <span className="narrow:hidden">{picture}</span>
      </div>
      <p className="mt-2 mb-3 flex-1 text-ink-soft">{children}</p>
      <div className="min-h-7">{action}</div>
    </li>
  );
}
