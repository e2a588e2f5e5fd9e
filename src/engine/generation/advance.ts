import { AppError } from '../../contract/app-error';
import type { GenerationRequest, RunLogEntry } from '../../contract/generation';
import { addDays, daysBetween } from '../../contract/recipe';
import type { Workspace } from '../workspace';
import { readRunLog } from './run-log';
import { suggestWorkers } from './suggest';

/**
 * A request for the days after the last one, which goes on with the teams and users of the run that made it.
 * @throws AppError NO_EVENTS where no run has succeeded yet
 */
export async function advanceRequest(workspace: Workspace, days: number): Promise<GenerationRequest> {
  const last = (await readRunLog(workspace)).filter(({ status }) => status === 'succeeded').reduce(later, null);
  if (!last) {
    throw new AppError('NO_EVENTS', 'There is no run to go on from.', { action: 'Generate some events first.' });
  }
  const { recipe } = last.request;
  const start = addDays(recipe.end, 1);
  const made = recipe.continues?.firstRow ?? 0;
  return {
    recipe: {
      ...recipe,
      rows: Math.max(1, Math.round((recipe.rows / daysBetween(recipe.start, recipe.end)) * days)),
      start,
      end: addDays(recipe.end, days),
      continues: {
        start: recipe.continues?.start ?? recipe.start,
        end: recipe.continues?.end ?? recipe.end,
        firstRow: made + recipe.rows,
      },
    },
    mode: 'append',
    workers: suggestWorkers(),
    shard: null,
  };
}

function later(best: RunLogEntry | null, run: RunLogEntry): RunLogEntry {
  return best && best.request.recipe.end >= run.request.recipe.end ? best : run;
}
