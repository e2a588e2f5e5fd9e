import type { FactResult } from '../../../contract/facts/facts';
import type { KnownFact, PastRun } from '../../../contract/generation';
import type { RefreshChange } from '../../../contract/refresh-summary';
import { inTimeOrder, type Annotation } from '../charts/data/annotations';
import { startOf, type Grain } from '../charts/data/transform';
import type { Formats } from '../format/formats';

/** With more marks than this, a sentence replaces them: they would hide the line. */
const mostMarks = 12;

/** The grain on show, and that of the metric itself; null for irregular points. */
export interface Grains {
  readonly grain: Grain | null;
  readonly own: Grain | null;
}

/** Facts to mark in a chart. */
export interface MarkedFacts {
  readonly runs: readonly PastRun[];
  /** The results of the last refresh. */
  readonly results: readonly FactResult[];
  /** Whether a fact may be shown. */
  readonly isShown: (fact: Pick<KnownFact, 'kind' | 'date' | 'text'>) => boolean;
}

/** Planted facts, at the periods where charts should show them, with what the last refresh found; and detected ones. */
export function factMarks({ runs, results, isShown }: MarkedFacts, grains: Grains, formats: Formats): Annotation[] {
  const succeeded = runs.filter(({ status }) => status === 'succeeded');
  const replace = succeeded.findIndex(({ request }) => request.mode === 'replace');
  // Facts of runs before the last replacement are gone.
  const present = replace < 0 ? succeeded : succeeded.slice(0, replace + 1);
  const mark = (date: string, label: string, text: string): Annotation => ({
    time: periodOf(date, grains),
    kind: 'fact',
    label,
    text: formats.dates(text),
    date,
  });
  const planted = present
    .flatMap((run) => run.facts)
    .filter(isShown)
    .flatMap(({ kind, date, label, text }) => {
      const result = results.find((each) => each.kind === kind && each.date === date && each.verdict !== 'detected');
      const found = result ? ` (${result.verdict})` : '';
      return date === null ? [] : [mark(date, label, `${date}: ${text}${found}`)];
    });
  const detected = results
    .filter(({ verdict, kind, date, fact }) => verdict === 'detected' && isShown({ kind, date, text: fact }))
    .map(({ date, kind, sentence }) => mark(date, `Detected ${kind}`, `Detected: ${sentence}`));
  return inTimeOrder([...planted, ...detected]);
}

/** Periods of a metric that a refresh has changed; a sentence if there are many. */
export function changeMarks(
  changes: readonly RefreshChange[],
  refreshId: number,
  metric: string,
  grains: Grains,
  formats: Formats,
): { marks: Annotation[]; note: string | null } {
  const own = changes.filter(({ model, period }) => model === metric && period !== null);
  const marks = inTimeOrder(
    own.map(({ period, kind }) => ({
      time: periodOf(period ?? '', grains),
      kind: 'change',
      label: kind,
      text: formats.dates(`Refresh ${refreshId} ${kind} ${period ?? ''}`),
      date: null,
    })),
  );
  const periods = new Set(marks.map(({ time }) => time)).size;
  if (periods <= mostMarks) return { marks, note: null };
  return { marks: [], note: `Refresh ${refreshId} changed ${periods} of these periods` };
}

/** A week belongs to the month in which it starts, and its notes with it. */
function periodOf(date: string, { grain, own }: Grains): number {
  const time = Date.parse(date);
  return grain === null || own === null ? time : startOf(startOf(time, own), grain);
}
