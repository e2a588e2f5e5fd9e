import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../contract/app-error';
import { addDays, daysBetween } from '../../contract/calendar';
import type { FactResult } from '../../contract/facts/facts';
import type { RunLogEntry } from '../../contract/generation';
import { presentRuns, readRunLog } from '../commit/run-log';
import { placedProof, type FactFile, type FactSql } from '../models/fact-file';
import { readRelations, type Relations } from '../records/built-tables';
import { readDayFacts } from '../records/day-facts';
import { readManifest } from '../records/manifest';
import { withoutEnd } from '../sql/sql-comments';
import type { Workspace } from '../workspace';
import { differsFromRuns, hidingReasons, type Days } from './completeness';
import type { FactKind, PlantedFact } from './kinds/fact-kind';
import { factKind } from './kinds/kinds';
import { measure } from './measure';
import { mostPlannedDays, storiesOf, type Story } from './stories';

/** More facts than anybody plants in one workspace, of each kind. */
const mostFacts = 50;

/** Days between a run's first or last day and a detected fact that it explains. */
const nearRunEdge = 14;

/** A planted fact, its kind, and the story that plants it. */
interface Planted {
  readonly kind: FactKind;
  readonly file: FactFile;
  readonly fact: PlantedFact;
  readonly story: Story;
}

/**
 * Measures every fact that the runs of the workspace have planted, and looks for others: from the warehouse as it
 * stands in the caller's transaction. A fact is never taken for found on days that aren't as the runs wrote them.
 * @param before the results of the last refresh, if nothing has changed since: they hold for the same facts
 */
export async function proveFacts(
  connection: DuckDBConnection,
  workspace: Workspace,
  files: readonly FactFile[],
  before: readonly FactResult[] | null,
): Promise<FactResult[]> {
  const runs = presentRuns(await readRuns(workspace));
  const planned = runs.reduce((days, { request: { recipe } }) => days + daysBetween(recipe.start, recipe.end), 0);
  const stories = planned > mostPlannedDays ? [] : storiesOf(runs);
  const manifest = [...(await readManifest(connection)).values()];
  const days: Days = {
    stories,
    read: await readDayFacts(connection),
    leftOut: new Set(manifest.filter(({ left_out: isLeftOut }) => isLeftOut).map(({ date }) => date)),
  };
  const relations = await readRelations(connection);
  const planted = files.flatMap((file) => plantedFacts(file, stories));
  if (before && isSame(before, planted)) return [...before];
  const results: FactResult[] = [];
  for (const each of planted) results.push(await prove(each, days, relations, connection));
  for (const file of files) results.push(...(await detect(file, planted, days, relations, connection)));
  return results.toSorted(
    (a, b) =>
      Number(a.verdict === 'detected') - Number(b.verdict === 'detected') ||
      compareText(a.date, b.date) ||
      compareText(a.fact, b.fact),
  );
}

/** As DuckDB orders texts without a collation. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** A log that can't be read plants nothing; a refresh needs the event files only. */
async function readRuns(workspace: Workspace): Promise<RunLogEntry[]> {
  return readRunLog(workspace).catch((error: unknown) => {
    if (error instanceof AppError) return [];
    throw error;
  });
}

/** Whether results are of the same facts. Without any the detectors look again, which costs little. */
function isSame(before: readonly FactResult[], planted: readonly Planted[]): boolean {
  const known = before.filter(({ runId }) => runId !== null).map(({ runId, sql }) => `${runId} ${sql}`);
  const now = planted.map(({ file, fact, story }) => `${story.runId} ${placedProof(file.proof, fact.where)}`);
  return known.length > 0 && known.toSorted().join('\n') === now.toSorted().join('\n');
}

/** Each fact of a kind once, although several stories may share it. */
function plantedFacts(file: FactFile, stories: readonly Story[]): Planted[] {
  const kind = factKind(file.kind);
  const found = new Map<string, Planted>();
  for (const story of stories) {
    const fact = kind.plantedIn(story.recipe);
    if (!fact || fact.date < story.days.first || fact.date > story.days.last) continue;
    const key = kind.sharesDays ? JSON.stringify(fact) : story.runId;
    if (!found.has(key)) found.set(key, { kind, file, fact, story });
  }
  return [...found.values()].slice(-mostFacts);
}

async function prove(
  { kind, file, fact, story }: Planted,
  days: Days,
  relations: Relations,
  connection: DuckDBConnection,
): Promise<FactResult> {
  const { date, scope, size, title } = fact;
  const sql = placedProof(file.proof, fact.where);
  const common = {
    fact: [kind.kind, date, scope].filter((part) => part !== null).join(' '),
    kind: kind.kind,
    runId: story.runId,
    date,
    scope,
    planted: size,
    sql,
  };
  const { always, unlessFound } = hidingReasons(fact, kind, story, days);
  const missing = missingRelation(file.proof, relations);
  const reason = missing ?? always;
  const [measurement] = reason === null ? await measure(sql, connection) : [];
  if (measurement === undefined) {
    const why = reason ?? unlessFound ?? 'there is too little data to measure it';
    return { ...common, ...nothing, verdict: 'hidden', reason: why, sentence: title };
  }
  const verdict = kind.isFound(measurement, fact) ? 'found' : unlessFound === null ? 'not found' : 'hidden';
  return {
    ...common,
    ...measurement,
    scope,
    verdict,
    reason: verdict === 'hidden' ? unlessFound : null,
    sentence: kind.tell(measurement, fact),
  };
}

const nothing = {
  measured: null,
  margin: null,
  observed: null,
  expected: null,
  confidence: null,
  firstDay: null,
  lastDay: null,
};

/** What the detector of a kind finds that no planted fact, run or changed day explains. */
async function detect(
  file: FactFile,
  planted: readonly Planted[],
  days: Days,
  relations: Relations,
  connection: DuckDBConnection,
): Promise<FactResult[]> {
  if (missingRelation(file.detector, relations) !== null) return [];
  const kind = factKind(file.kind);
  const sql = withoutEnd(file.detector.sql);
  const facts = planted.filter((other) => other.kind === kind).map(({ fact }) => fact);
  return (await measure(sql, connection)).flatMap((measurement) => {
    const { firstDay, scope } = measurement;
    if (firstDay === null || isExplained(firstDay, kind, facts, days)) return [];
    const name = [kind.kind, firstDay, scope].filter((part) => part !== null).join(' ');
    return {
      ...measurement,
      fact: `detected ${name}`,
      kind: kind.kind,
      verdict: 'detected' as const,
      reason: null,
      runId: null,
      date: firstDay,
      planted: null,
      sentence: kind.tell(measurement, null),
      sql,
    };
  });
}

function isExplained(
  firstDay: string,
  { detectorDays, startsWithRuns }: FactKind,
  facts: readonly PlantedFact[],
  days: Days,
): boolean {
  const isNear = (date: string, most: number) => Math.abs(daysBetween(firstDay, date) - 1) <= most;
  // Whatever its scope: a planted fact can show in neighbouring ones too, as where teams seem to sign up a month late.
  const isPlanted = facts.some(({ date }) => isNear(date, detectorDays));
  const edges = days.stories.flatMap(({ days: { first, last } }) => [first, addDays(last, 1)]);
  const isEdge = startsWithRuns && edges.some((edge) => isNear(edge, nearRunEdge));
  return isPlanted || isEdge || days.leftOut.has(firstDay) || differsFromRuns(firstDay, days);
}

/** Why SQL can't run here: after a refresh on a cluster only gold and the records are on this machine. */
function missingRelation({ dependsOn }: FactSql, relations: Relations): string | null {
  const missing = dependsOn.find((name) => !relations.has(name));
  return missing === undefined ? null : `${missing} isn't on this machine`;
}
