import path from 'node:path';
import { AppError } from '../../../contract/app-error';
import type { GenerationRequest, RunLogEntry } from '../../../contract/generation';
import { addDays, daysBetween } from '../../../contract/calendar';
import { recordedRecipeSchema, type Recipe } from '../../../contract/recipe';
import { listEvents } from '../../events/event-files';
import { refusePartialListing } from '../../events/unread-entries';
import type { Workspace } from '../../workspace';
import { dayWeight } from './day-weights';
import { parquetRowCount } from '../../events/parquet-row-count';
import { readRunLog } from '../../commit/run-log';
import { mergeRuns } from '../../commit/published-runs';
import { refuseMissingShards } from './shards';
import { storyOf } from './story';
import { suggestWorkers } from './suggest';

const lastOfCalendar = '9999-12-31';

/**
 * The request that appends the next days after the last one with events, with the same teams and users: it continues
 * the recipe of the last run whose data is in the workspace. Runs that made shards of one recipe count as one run.
 * @param published runs at the location to which the new days will be published: they count as if their data were here
 * @throws AppError NO_EVENTS if there is nothing to continue from, SHARDS_MISSING if it isn't whole, INVALID_OPTIONS at
 * the end of the calendar
 */
export async function advanceRequest(
  workspace: Workspace,
  days: number,
  published: readonly RunLogEntry[] = [],
): Promise<GenerationRequest> {
  const [here, lastDayHere] = await Promise.all([readRunLog(workspace), lastDayWithEvents(workspace)]);
  const runs = mergeRuns(here, published);
  const lastDay = laterDay(lastDayHere, lastDayOf(published));
  const last = runs.find(({ status, rows }) => status === 'succeeded' && rows > 0);
  if (!last || !lastDay) {
    throw new AppError('NO_EVENTS', 'No generated events to continue from.', {
      action: 'Generate some first, then append days.',
    });
  }
  if (last.request.shard) refuseMissingShards(runs, last.request.recipe);
  if (daysBetween(lastDay, lastOfCalendar) <= days) {
    throw new AppError(
      'INVALID_OPTIONS',
      `The last day with events, ${lastDay}, is too close to the end of the calendar.`,
      {
        action: 'Delete that day if its date is wrong, or append fewer days.',
      },
    );
  }
  const recipe = continueRecipe(last.request.recipe, runs, addDays(lastDay, 1), days);
  return { recipe, mode: 'append', workers: suggestWorkers(), shard: null };
}

/** The recipe for the `days` from `start` on. @param runs the log, with the row numbers that are used */
export function continueRecipe(recipe: Recipe, runs: readonly RunLogEntry[], start: string, days: number): Recipe {
  const story = storyOf(recipe);
  const end = addDays(start, days - 1);
  const next = { ...recipe, start, end, continues: { start: story.start, end: story.end, firstRow: 1 } };
  const rows = Math.max(days, Math.round(rowsPerWeight(recipe) * totalWeight(next)));
  return recordedRecipeSchema.parse({
    ...next,
    rows,
    continues: { ...next.continues, firstRow: nextRow(recipe, runs) },
  });
}

/** After all rows of the same story: a row number that is used twice would repeat a session. */
function nextRow(recipe: Recipe, runs: readonly RunLogEntry[]): number {
  const same = runs.filter(({ request }) => isSameStory(request.recipe, recipe));
  return Math.max(...[recipe, ...same.map(({ request }) => request.recipe)].map(lastRow));
}

function lastRow({ rows, continues }: Recipe): number {
  return (continues?.firstRow ?? 0) + rows;
}

function isSameStory(a: Recipe, b: Recipe): boolean {
  return a.seed === b.seed && storyOf(a).start === storyOf(b).start;
}

function rowsPerWeight(recipe: Recipe): number {
  return recipe.rows / totalWeight(recipe);
}

function totalWeight(recipe: Recipe): number {
  const days = daysBetween(recipe.start, recipe.end);
  let sum = 0;
  for (let day = 0; day < days; day += 1) sum += dayWeight(recipe, addDays(recipe.start, day));
  return sum;
}

/** The last day of the recipes of some runs; null without rows. */
function lastDayOf(runs: readonly RunLogEntry[]): string | null {
  const ends = runs
    .filter(({ status, rows }) => status === 'succeeded' && rows > 0)
    .map(({ request }) => request.recipe.end);
  return ends.toSorted().at(-1) ?? null;
}

function laterDay(one: string | null, other: string | null): string | null {
  return one === null || (other !== null && other > one) ? other : one;
}

/**
 * The latest day with events; null if there is none. A file that can't be read counts: its day isn't free, and its rows
 * may return.
 * @throws AppError if the list of days is incomplete, since a missing one may be later
 */
async function lastDayWithEvents(workspace: Workspace): Promise<string | null> {
  const listing = await listEvents(workspace);
  refusePartialListing(workspace, listing);
  for (const { path: name, date } of listing.files.toReversed()) {
    if ((await parquetRowCount(path.join(workspace.folder, name))) !== 0) return date;
  }
  return null;
}
