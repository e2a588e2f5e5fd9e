import type { KnownFact, PastRun, RunLogEntry } from '../../contract/generation';
import type { Recipe } from '../../contract/recipe';
import { formatRecipe } from '../../contract/recipe-line';

/** A run with what follows from its recipe. */
export function pastRun(run: RunLogEntry): PastRun {
  const { recipe } = run.request;
  return { ...run, recipeLine: formatRecipe(recipe), facts: knownFacts(recipe) };
}

/** What was put into the data on purpose, in the order of its days; what is everywhere comes last. */
export function knownFacts({ planted: { launch, outage, churn }, mess }: Recipe): KnownFact[] {
  const facts: KnownFact[] = [];
  if (launch)
    facts.push({ kind: 'launch', date: launch.date, text: `A launch: ${launch.factor} times as many events` });
  if (outage) facts.push({ kind: 'outage', date: outage.date, text: 'An outage: the day is nearly empty' });
  if (churn) {
    facts.push({ kind: 'churn', date: churn.date, text: `All teams that signed up in ${churn.signedUp} are gone` });
  }
  const { schemaDrift, ...rates } = mess;
  if (schemaDrift) {
    const text = `${percent(schemaDrift.rate)} of the rows have a new key, app_version`;
    facts.push({ kind: 'mess', date: schemaDrift.date, text });
  }
  facts.sort((a, b) => (a.date ?? '').localeCompare(b.date ?? ''));
  for (const [name, rate] of Object.entries(rates)) {
    const describe = messTexts[name];
    if (rate > 0 && describe) facts.push({ kind: 'mess', date: null, text: `${percent(rate)} ${describe}` });
  }
  return facts;
}

const messTexts: Readonly<Record<string, string>> = {
  nullUsers: 'of the rows have no user_id',
  emptyProperties: 'of the rows have empty properties',
  duplicates: 'of the rows repeat another one',
  lateEvents: 'of the rows lie in a later day’s file',
  malformedJson: 'of the rows have properties that are no JSON',
};

function percent(rate: number): string {
  return `${Number((rate * 100).toPrecision(6))} %`;
}
