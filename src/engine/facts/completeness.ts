import { addDays, daysBetween } from '../../contract/calendar';
import type { DayFacts } from '../records/day-facts';
import type { DaySpan } from '../events/periods';
import type { FactKind, PlantedFact } from './kinds/fact-kind';
import type { Story } from './stories';

/** The days of the warehouse, beside what the runs of the workspace have written. */
export interface Days {
  readonly stories: readonly Story[];
  readonly read: ReadonlyMap<string, DayFacts>;
  /** Days with a file that the refresh left out. */
  readonly leftOut: ReadonlySet<string>;
}

/** Share of the days compared with that may be incomplete: the statistics of the proofs are robust. */
const mostIncomplete = 0.1;

/** How much larger the share of rows that silver dropped may be on a day than in the days around it. */
const mostDropped = 0.2;

/**
 * Why the data can't show a fact: days that are missing, changed, or shared with other runs.
 * @returns `always`: hidden whatever is measured; `unlessFound`: the reason if the fact isn't found; null: nothing
 */
export function hidingReasons(
  fact: PlantedFact,
  kind: FactKind,
  story: Story,
  days: Days,
): { readonly always: string | null; readonly unlessFound: string | null } {
  const within = (span: DaySpan) => datesOf(span, story.days);
  const usual = median(within(fact.context).map((date) => droppedShare(days.read.get(date))));
  const reasonOf = (date: string) => reasonOfDay(date, kind, story, days, usual);
  const core = within(fact.core)
    .map(reasonOf)
    .find((reason) => reason !== null);
  if (fact.cannotShow !== undefined) return { always: fact.cannotShow, unlessFound: null };
  if (core !== undefined) return { always: core, unlessFound: null };
  const context = within(fact.context).map(reasonOf);
  const reasons = context.filter((reason) => reason !== null);
  const reason = reasons[0] ?? null;
  const tooMany = reasons.length > mostIncomplete * context.length;
  return { always: tooMany ? reason : null, unlessFound: reason };
}

/** Whether a day has other rows than the runs that cover it have written; false for a day that no run covers. */
export function differsFromRuns(date: string, days: Days): boolean {
  const written = writtenOn(date, days.stories);
  return written > 0 && (days.read.get(date)?.bronzeRows ?? 0) !== written;
}

function reasonOfDay(date: string, kind: FactKind, story: Story, days: Days, usual: number): string | null {
  const read = days.read.get(date);
  const rows = read?.bronzeRows ?? 0;
  const written = writtenOn(date, days.stories);
  if (days.leftOut.has(date)) return `the refresh left out a file of ${date}`;
  if ((story.whole.get(date) ?? 0) > (story.written.get(date) ?? 0)) return `a shard with ${date} isn't there`;
  if (rows === 0 && written > 0) return `the events of ${date} have been deleted`;
  const difference = Math.abs(rows - written);
  const differing = `${difference.toLocaleString('en')} ${difference === 1 ? 'row' : 'rows'}`;
  if (rows < written) return `${date} has ${differing} fewer than were generated`;
  if (rows > written) return `${date} has ${differing} more than were generated`;
  if (days.stories.some((other) => other !== story && other.written.has(date) && !isAlike(other, story, kind)))
    return `another run has events on ${date} as well`;
  if (droppedShare(read) > usual + mostDropped) return `silver dropped many events of ${date}`;
  return null;
}

function isAlike(other: Story, story: Story, { kind, sharesDays }: FactKind): boolean {
  const factOf = ({ recipe }: Story) => JSON.stringify(recipe.planted[kind]);
  return sharesDays && factOf(other) === factOf(story);
}

function writtenOn(date: string, stories: readonly Story[]): number {
  return stories.reduce((rows, { written }) => rows + (written.get(date) ?? 0), 0);
}

function droppedShare(day: DayFacts | undefined): number {
  return day && day.bronzeRows > 0 ? 1 - day.silverRows / day.bronzeRows : 0;
}

/** The days of a span within the days of a story. */
function datesOf(span: DaySpan, within: DaySpan): string[] {
  const first = span.first > within.first ? span.first : within.first;
  const last = span.last < within.last ? span.last : within.last;
  return Array.from({ length: Math.max(0, daysBetween(first, last)) }, (_, day) => addDays(first, day));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
