import type { RunLogEntry } from '../../contract/generation';
import type { Recipe } from '../../contract/recipe';
import type { DaySpan } from '../events/periods';
import { planDays, planShard } from '../generation/plan/plan';
import { storyOf } from '../generation/plan/story';

/** The runs that tell one story: shards of a recipe, and those that continue it. */
export interface Story {
  /** The recipe of the oldest of its runs. */
  readonly recipe: Recipe;
  readonly runId: string;
  /** From the first to the last day of its runs. */
  readonly days: DaySpan;
  /** Rows of each day that the runs have written, and of each day of their recipes. */
  readonly written: ReadonlyMap<string, number>;
  readonly whole: ReadonlyMap<string, number>;
}

/** More days than anybody plans in one workspace; planning them takes about a second. */
export const mostPlannedDays = 1_000_000;

/** The runs as stories, the oldest first. @param runs present runs, newest first */
export function storiesOf(runs: readonly RunLogEntry[]): Story[] {
  const grouped = new Map<string, RunLogEntry[]>();
  for (const run of runs.toReversed()) {
    const key = keyOf(run.request.recipe);
    grouped.set(key, [...(grouped.get(key) ?? []), run]);
  }
  return [...grouped.values()].flatMap((own) => {
    const [first] = own;
    return first ? [storyOfRuns(own, first)] : [];
  });
}

function storyOfRuns(runs: readonly RunLogEntry[], { request: { recipe }, runId }: RunLogEntry): Story {
  const written = new Map<string, number>();
  const whole = new Map<string, number>();
  const planned = new Set<string>();
  for (const { request } of runs) {
    for (const chunk of planShard(request.recipe, request.shard)) addRows(written, chunk.days);
    const text = JSON.stringify(request.recipe);
    if (!planned.has(text)) addRows(whole, planDays(request.recipe));
    planned.add(text);
  }
  const starts = runs.map(({ request }) => request.recipe.start).toSorted();
  const ends = runs.map(({ request }) => request.recipe.end).toSorted();
  const days = { first: starts[0] ?? recipe.start, last: ends.at(-1) ?? recipe.end };
  return { recipe, runId, days, written, whole };
}

function addRows(total: Map<string, number>, days: readonly { readonly date: string; readonly rows: number }[]): void {
  for (const { date, rows } of days) total.set(date, (total.get(date) ?? 0) + rows);
}

/** Equal for recipes of one story: those that differ only in the days and rows that they write, and in how. */
function keyOf(recipe: Recipe): string {
  const {
    rows: _rows,
    start: _start,
    end: _end,
    continues: _continues,
    compression: _codec,
    rowGroupRows: _size,
    ...rest
  } = recipe;
  return JSON.stringify([storyOf(recipe), rest]);
}
