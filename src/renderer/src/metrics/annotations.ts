import type { PastRun } from '../../../contract/generation';
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

/** Planted facts, at the periods where charts should show them. */
export function factMarks(runs: readonly PastRun[], grains: Grains, formats: Formats): Annotation[] {
  const succeeded = runs.filter(({ status }) => status === 'succeeded');
  const replace = succeeded.findIndex(({ request }) => request.mode === 'replace');
  // Facts of runs before the last replacement are gone.
  const present = replace < 0 ? succeeded : succeeded.slice(0, replace + 1);
  return inTimeOrder(
    present
      .flatMap((run) => run.facts)
      .flatMap(({ date, label, text }) =>
        date === null
          ? []
          : [
              {
                time: periodOf(date, grains),
                kind: 'fact' as const,
                label,
                text: formats.dates(`${date}: ${text}`),
                date,
              },
            ],
      ),
  );
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
