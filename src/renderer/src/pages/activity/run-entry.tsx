import { PackagePlus, RotateCw } from 'lucide-react';
import type { RunLogEntry } from '../../../../contract/generation';
import { ErrorNotice } from '../../components/error-notice';
import { formatAmount, formatBytes, formatCompact, formatCount } from '../../format/numbers';
import { elapsedOf, Entry, Facts } from './activity-entry';

/** A run of Generate: what came of it, and the options to make it again. */
export function RunEntry({ run }: { run: RunLogEntry }) {
  const { recipe, mode, workers } = run.request;
  const rate = run.rows / Math.max(0.001, elapsedOf(run) / 1000);
  return (
    <Entry
      icon={PackagePlus}
      title={
        run.status === 'succeeded'
          ? `Generated ${formatAmount(run.rows, 'event')}`
          : `Generate ${formatAmount(recipe.rows, 'event')}`
      }
      job={run}
      figure={run.status === 'succeeded' ? `${formatCompact(rate)} rows/s` : ''}
    >
      {run.error && <ErrorNotice error={run.error} className="mb-3" />}
      <Facts
        facts={[
          ['Days', `${recipe.start} – ${recipe.end}`],
          ['Rows', formatCount(recipe.rows)],
          ['Users', formatCount(recipe.users)],
          ['Teams', formatCount(recipe.teams)],
          ['Seed', String(recipe.seed)],
          ['Workers', formatCount(workers)],
          ['Mode', mode],
          ['Written', `${formatAmount(run.files, 'file')}, ${formatBytes(run.bytes)}`],
          ['Run', run.runId],
        ]}
      />
    </Entry>
  );
}
