import { PackagePlus, RotateCw } from 'lucide-react';
import type { PastRun } from '../../../../contract/generation';
import type { RefreshStep } from '../../../../contract/warehouse';
import { useJobsRunning } from '../../client/live-state';
import { Button } from '../../components/button';
import { CopyButton } from '../../components/copy-button';
import { ErrorNotice } from '../../components/error-notice';
import { useFormats } from '../../format/use-formats';
import { useOpenGenerate } from '../../generate/generate-context';
import { phaseNames } from '../../generate/generation-progress';
import { factKey, useAnswers, withoutAnswers } from '../../facts/answers';
import { PlantedFacts } from '../../generate/planted-facts';
import { StepList } from '../../refresh/step-list';
import { Entry, Facts } from './activity-entry';
import { elapsedOf } from '../../jobs/entries';

/** A run of Generate: its result, and its recipe to repeat it. */
export function RunEntry({ run, longestMs, chosen }: { run: PastRun; longestMs: number; chosen: boolean }) {
  const formats = useFormats();
  const { recipe, mode, workers } = run.request;
  const succeeded = run.status === 'succeeded';
  const elapsedMs = elapsedOf(run);
  const rate = formats.compact(run.rows / Math.max(0.001, elapsedMs / 1000));
  return (
    <Entry
      icon={PackagePlus}
      title={
        succeeded
          ? `Generated ${formats.amount(run.rows, 'event')}`
          : `Generate ${formats.amount(recipe.rows, 'event')}`
      }
      job={run}
      longestMs={longestMs}
      chosen={chosen}
      figure={succeeded ? `${rate} rows/s` : ''}
    >
      {run.error && <ErrorNotice error={run.error} className="mb-3" />}
      <Facts
        facts={[
          ['Days', formats.dates(`${recipe.start} – ${recipe.end}`)],
          ['Profile', recipe.profile],
          ['Duration', formats.duration(elapsedMs)],
          ...(succeeded ? ([['Rows/s', rate]] as const) : []),
          ['Workers', formats.count(workers)],
          ['Mode', mode],
          ['Written', `${formats.amount(run.files, 'file')}, ${formats.bytes(run.bytes)}`],
          ['Run', run.runId],
        ]}
      />
      {run.steps && (
        <div className="@container mt-3 text-small">
          <h3 className="mb-1 text-ink-faint">Steps</h3>
          <StepList steps={stepsOf(run)} />
        </div>
      )}
      {succeeded && run.facts.length > 0 && (
        <div className="mt-3 text-small">
          <h3 className="mb-1 text-ink-faint">Planted facts</h3>
          <PlantedFacts facts={run.facts} />
        </div>
      )}
      <RecipeLine run={run} />
    </Entry>
  );
}

/** Phases of a run, shown like the steps of a refresh; an unsuccessful run ended in the last one. */
function stepsOf({ steps = [], status, rows }: PastRun): RefreshStep[] {
  return steps.map(({ phase, elapsedMs }, index) => ({
    name: phaseNames[phase],
    status: status !== 'succeeded' && index === steps.length - 1 ? 'failed' : 'done',
    rows: phase === 'writing' && status === 'succeeded' ? rows : null,
    elapsedMs,
  }));
}

/** The recipe, to keep, share or run again. */
function RecipeLine({ run }: { run: PastRun }) {
  const open = useOpenGenerate();
  const running = useJobsRunning();
  const { isShown } = useAnswers();
  const isHidden = run.facts.some((fact) => !isShown(factKey(fact)));
  return (
    <div className="mt-3">
      <h3 className="mb-1 text-small text-ink-faint">{isHidden ? 'Recipe, without the hidden facts' : 'Recipe'}</h3>
      <div className="flex items-start gap-1 rounded-medium border border-line bg-sunken py-1 pr-1 pl-2.5">
        <code className="min-w-0 flex-1 self-center font-mono text-micro break-words select-text">
          {isHidden ? withoutAnswers(run.recipeLine) : run.recipeLine}
        </code>
        {!isHidden && (
          <>
            <CopyButton text={run.recipeLine} label="Copy recipe" />
            <Button icon={RotateCw} disabled={running} onClick={() => open(run.request)}>
              Run again
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
