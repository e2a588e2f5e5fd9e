import type { PastRun } from '../../../../contract/generation';
import type { RefreshLogEntry } from '../../../../contract/warehouse';
import { formatDayOf } from '../../format/time';

/** A job that ended: one line of the activity. */
export type ActivityEntry = { readonly key: string; readonly startedAt: string } & (
  { readonly job: 'run'; readonly run: PastRun } | { readonly job: 'refresh'; readonly refresh: RefreshLogEntry }
);

/** The jobs that began on one day. */
export interface ActivityDay {
  readonly day: string;
  readonly entries: readonly ActivityEntry[];
}

/** Both logs as one, newest first, by the days of this machine's calendar. */
export function activityDays(runs: readonly PastRun[], refreshes: readonly RefreshLogEntry[]): ActivityDay[] {
  const entries: ActivityEntry[] = [
    ...runs.map((run) => ({ job: 'run' as const, key: `run ${run.runId}`, startedAt: run.startedAt, run })),
    ...refreshes.map((refresh) => ({
      job: 'refresh' as const,
      key: `refresh ${refresh.refreshId}`,
      startedAt: refresh.startedAt,
      refresh,
    })),
  ].toSorted((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));

  const days: { day: string; entries: ActivityEntry[] }[] = [];
  for (const entry of entries) {
    const day = formatDayOf(entry.startedAt);
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}
