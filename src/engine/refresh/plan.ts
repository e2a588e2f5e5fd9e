import type { CheckFile } from '../models/check-file';
import { spanOfDay, type DayFacts } from '../records/day-facts';
import type { ModelFile } from '../models/model-file';
import { overlaps, periodsTouched, spanOfPeriod, type DaySpan } from '../events/periods';
import { quoteIdentifier, quoteText } from '../sql/quote';

/** The plan for one model, if its dependencies turn out to have changed. */
export type ModelPlan =
  | { readonly action: 'keep' }
  | { readonly action: 'all' }
  | {
      readonly action: 'periods';
      /** First days of the periods to recompute. */
      readonly periods: readonly string[];
      /** Whether rows without a period are recomputed, too. */
      readonly untimed: boolean;
      /** The partitions that these periods are made from. */
      readonly days: readonly string[];
    };

/** The changes of the data since the last refresh. */
export interface DataChanges {
  /** Days whose files changed, in order. */
  readonly days: readonly string[];
  readonly before: ReadonlyMap<string, DayFacts>;
  readonly after: ReadonlyMap<string, DayFacts>;
}

/** Days for which the rows of a model may have changed: all, or some spans. */
type Touched = { readonly all: true } | { readonly all: false; readonly spans: readonly DaySpan[]; untimed: boolean };

const everything: Touched = { all: true };

/**
 * Decides for each model what to recompute.
 * @param models in the order of their dependencies
 * @param forced models to build from scratch, whatever the data
 */
export function planModels(
  models: readonly ModelFile[],
  forced: ReadonlySet<string>,
  changes: DataChanges,
): Map<string, ModelPlan> {
  const plans = new Map<string, ModelPlan>();
  const touchedByModel = new Map<string, Touched>();
  const names = new Set(models.map(({ name }) => name));
  const ofFiles = touchedByFiles(changes);
  for (const model of models) {
    const dependencies = model.dependsOn.map((name) => (names.has(name) ? touchedByModel.get(name) : ofFiles));
    const inputs = union(dependencies.flatMap((touched) => touched ?? []));
    // A model without such dependencies reads something that we don't track.
    const plan = forced.has(model.name) || dependencies.length === 0 ? all : planModel(model, inputs, changes);
    plans.set(model.name, plan);
    touchedByModel.set(model.name, touchedBy(plan, model, inputs));
  }
  return plans;
}

const all: ModelPlan = { action: 'all' };

function planModel({ kind, period }: ModelFile, inputs: Touched, changes: DataChanges): ModelPlan {
  if (!inputs.all && inputs.spans.length === 0) return { action: 'keep' };
  if (inputs.all || !period || kind !== 'incremental') return all;
  const touched = inputs.spans.map((span) => periodsTouched(span, period.unit));
  if (touched.some((periods) => periods === null)) return all;
  const periods = [...new Set(touched.flatMap((list) => list ?? []))].toSorted();
  const spans = periods.map((start) => spanOfPeriod(start, period.unit));
  const days = [...changes.after.values()].filter((facts) => {
    const span = spanOfDay(facts);
    return spans.some((candidate) => overlaps(span, candidate)) || (inputs.untimed && facts.untimedRows > 0);
  });
  return { action: 'periods', periods, untimed: inputs.untimed, days: days.map(({ date }) => date).toSorted() };
}

function touchedBy(plan: ModelPlan, { kind, period }: ModelFile, inputs: Touched): Touched {
  if (plan.action === 'keep') return { all: false, spans: [], untimed: false };
  if (kind === 'view') return inputs;
  if (plan.action === 'all' || !period) return everything;
  return { all: false, spans: plan.periods.map((start) => spanOfPeriod(start, period.unit)), untimed: plan.untimed };
}

function touchedByFiles({ days, before, after }: DataChanges): Touched {
  const facts = days.flatMap((day) => [before.get(day) ?? [], after.get(day) ?? []].flat());
  return { all: false, spans: facts.map(spanOfDay), untimed: facts.some(({ untimedRows }) => untimedRows > 0) };
}

function union(parts: readonly Touched[]): Touched {
  const spans: DaySpan[] = [];
  let untimed = false;
  for (const part of parts) {
    if (part.all) return everything;
    spans.push(...part.spans);
    untimed ||= part.untimed;
  }
  return { all: false, spans, untimed };
}

/**
 * The partitions of `source` that models and checks read; null for all.
 * @param newChecks checks that have never run, so they cover every day
 */
export function daysToRead(
  source: string,
  models: readonly ModelFile[],
  plans: ReadonlyMap<string, ModelPlan>,
  newChecks: readonly CheckFile[],
  changes: DataChanges,
): readonly string[] | null {
  if (newChecks.some(({ dependsOn }) => dependsOn.includes(source))) return null;
  const days = new Set<string>(changes.days);
  for (const { name, kind, dependsOn } of models) {
    const plan = plans.get(name);
    if (kind === 'view' || !dependsOn.includes(source) || plan?.action === 'keep') continue;
    if (plan?.action !== 'periods') return null;
    for (const day of plan.days) days.add(day);
  }
  return [...days].filter((day) => changes.after.has(day)).toSorted();
}

/** The changed days because of which a period was recomputed. */
export function causesOf(period: string | null, { period: kind }: ModelFile, changes: DataChanges): string[] {
  if (period === null || !kind) return [...changes.days];
  const span = spanOfPeriod(period, kind.unit);
  return changes.days.filter((day) =>
    [changes.before.get(day), changes.after.get(day)].some((facts) => facts && overlaps(spanOfDay(facts), span)),
  );
}

/** The condition on a model's rows for the periods of a plan. */
export function inPeriods({ period }: ModelFile, plan: Extract<ModelPlan, { action: 'periods' }>): string {
  const column = `CAST(${quoteIdentifier(period?.column ?? '')} AS DATE)`;
  const list = plan.periods.map((start) => `DATE ${quoteText(start)}`).join(', ');
  const timed = list === '' ? 'false' : `${column} IN (${list})`;
  return plan.untimed ? `(${timed} OR ${column} IS NULL)` : `coalesce(${timed}, false)`;
}
