import type { KnownFact, PastRun, RunLogEntry, Shard } from '../../../contract/generation';
import type { Recipe } from '../../../contract/recipe';
import { formatRecipe } from '../../../contract/recipe-line';
import { factKinds } from '../../facts/kinds/kinds';
import { planShard } from './plan';

/** A run of the log with its recipe line and known facts. */
export function pastRun(run: RunLogEntry): PastRun {
  const { recipe, shard } = run.request;
  return { ...run, recipeLine: formatRecipe(recipe), facts: knownFacts(recipe, shard) };
}

/**
 * The known facts of a recipe, which can be checked in charts and checks. A recipe that continues another one keeps its
 * facts, except for days that it doesn't write.
 */
export function knownFacts(recipe: Recipe, shard: Shard | null = null): KnownFact[] {
  const { mess } = recipe;
  const writes = daysOf(recipe, shard);
  const facts: KnownFact[] = factKinds.flatMap(({ kind, plantedIn }) => {
    const planted = plantedIn(recipe);
    return planted && writes(planted.date)
      ? { kind, date: planted.date, label: planted.label, text: planted.text }
      : [];
  });
  const rates = [
    [mess.nullUsers, 'of rows have no user'],
    [mess.emptyProperties, 'of rows have empty properties'],
    [mess.duplicates, 'of rows are exact duplicates'],
    [mess.lateEvents, 'of rows arrive late (in a later day’s file)'],
    [mess.malformedJson, 'of rows have invalid JSON in properties'],
  ] as const;
  for (const [rate, text] of rates)
    if (rate > 0) facts.push({ kind: 'mess', date: null, label: 'Mess', text: `${percent(rate)} ${text}` });
  const drift = mess.schemaDrift && driftFact(mess.schemaDrift, recipe, writes);
  return drift ? [...facts, drift] : facts;
}

/** A drift that started before the first day of a recipe is on all of its days. */
function driftFact(
  { date, rate }: { readonly date: string; readonly rate: number },
  { start, end }: Recipe,
  writes: (date: string) => boolean,
): KnownFact | null {
  const text = `${percent(rate)} of rows have the unknown key app_version`;
  const drift = { kind: 'mess', label: 'Schema drift' } as const;
  if (writes(date)) return { ...drift, date, text: `${text} from this day on` };
  if (date > end) return null;
  return { ...drift, date: null, text: date < start ? text : `${text} from ${date} on` };
}

/** Whether a run writes a day: one of its recipe, or of its shard. */
function daysOf(recipe: Recipe, shard: Shard | null): (date: string) => boolean {
  if (shard === null) return (date) => recipe.start <= date && date <= recipe.end;
  const days = new Set(planShard(recipe, shard).flatMap((chunk) => chunk.days.map(({ date }) => date)));
  return (date) => days.has(date);
}

function percent(rate: number): string {
  return `${Number((rate * 100).toPrecision(3))}%`;
}
