import type { KnownFact, PastRun, RunLogEntry } from '../../contract/generation';
import type { Recipe } from '../../contract/recipe';
import { formatRecipe } from '../../contract/recipe-line';

/** A run of the log with its recipe as text and what is to be found in its data. */
export function pastRun(run: RunLogEntry): PastRun {
  return { ...run, recipeLine: formatRecipe(run.request.recipe), facts: knownFacts(run.request.recipe) };
}

/** What a recipe has put into the data on purpose, in words that can be checked in charts and checks. */
export function knownFacts({ planted: { launch, outage, churn }, mess }: Recipe): KnownFact[] {
  const facts: KnownFact[] = [];
  if (launch) {
    facts.push({
      kind: 'launch',
      date: launch.date,
      text: `Launch: ${launch.factor} times as many events from this day on`,
    });
  }
  if (outage) facts.push({ kind: 'outage', date: outage.date, text: 'Outage: nearly no events on this day' });
  if (churn) {
    const text = `Churn: the teams that signed up in ${churn.signedUp} are gone from this day on`;
    facts.push({ kind: 'churn', date: churn.date, text });
  }
  const rates = [
    [mess.nullUsers, 'of the rows name no user'],
    [mess.emptyProperties, 'of the rows have empty properties'],
    [mess.duplicates, 'of the rows are exact duplicates'],
    [mess.lateEvents, 'of the rows lie in the file of a later day'],
    [mess.malformedJson, 'of the rows have properties that are no JSON'],
  ] as const;
  for (const [rate, text] of rates)
    if (rate > 0) facts.push({ kind: 'mess', date: null, text: `${percent(rate)} ${text}` });
  if (mess.schemaDrift) {
    const { date, rate } = mess.schemaDrift;
    facts.push({
      kind: 'mess',
      date,
      text: `${percent(rate)} of the rows have the unknown key app_version from this day on`,
    });
  }
  return facts;
}

function percent(rate: number): string {
  return `${Number((rate * 100).toPrecision(3))} %`;
}
