import type { PastRun } from '../../../contract/generation';
import type { RefreshLogEntry } from '../../../contract/warehouse';
import type { Formats } from '../format/formats';

/** Common properties of finished runs and refreshes. */
export type EndedJob = Pick<PastRun | RefreshLogEntry, 'startedAt' | 'finishedAt' | 'status'>;

/** A finished job: one line of the activity. Its key is also its part of the address. */
export type ActivityEntry = { readonly key: string } & (
  { readonly kind: 'run'; readonly job: PastRun } | { readonly kind: 'refresh'; readonly job: RefreshLogEntry }
);

/** The jobs that began on one day. */
export interface ActivityDay {
  readonly day: string;
  readonly entries: readonly ActivityEntry[];
}

export const runKey = ({ runId }: Pick<PastRun, 'runId'>): string => `run-${runId}`;
export const refreshKey = ({ refreshId }: Pick<RefreshLogEntry, 'refreshId'>): string => `refresh-${refreshId}`;

/** The duration of a job, in milliseconds. */
export function elapsedOf({ startedAt, finishedAt }: EndedJob): number {
  return Date.parse(finishedAt) - Date.parse(startedAt);
}

/** Both logs merged, newest first. */
export function activityEntries(runs: readonly PastRun[], refreshes: readonly RefreshLogEntry[]): ActivityEntry[] {
  const entries: ActivityEntry[] = [
    ...runs.map((job) => ({ kind: 'run' as const, key: runKey(job), job })),
    ...refreshes.map((job) => ({ kind: 'refresh' as const, key: refreshKey(job), job })),
  ];
  return entries.toSorted((a, b) => Date.parse(b.job.startedAt) - Date.parse(a.job.startedAt));
}

export const activityFilters = ['all', 'runs', 'refreshes', 'failed'] as const;
export type ActivityFilter = (typeof activityFilters)[number];

/** Whether an entry passes a filter; *failed* includes refreshes with failing checks. */
export function passes(filter: ActivityFilter, entry: ActivityEntry): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'runs':
      return entry.kind === 'run';
    case 'refreshes':
      return entry.kind === 'refresh';
    case 'failed':
      return entry.job.status === 'failed' || (entry.kind === 'refresh' && (entry.job.checksFailed ?? 0) > 0);
  }
}

/** Entries grouped by local date, in their order. */
export function byDay(entries: readonly ActivityEntry[], formats: Formats): ActivityDay[] {
  const days: { day: string; entries: ActivityEntry[] }[] = [];
  for (const entry of entries) {
    const day = formats.dayOf(entry.job.startedAt);
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}

const ticks = [10, 100, 1_000, 10_000, 60_000, 600_000, 3_600_000, 36_000_000];

/** An axis for durations from milliseconds to hours: round values around all that are given, and their positions. */
export function durationAxis(durations: readonly number[]) {
  const shortest = Math.min(...durations);
  const longest = Math.max(...durations);
  const first = ticks.findLastIndex((tick) => tick <= shortest);
  const last = ticks.findIndex((tick) => tick >= longest);
  const chosen = ticks.slice(Math.max(0, first), (last < 0 ? ticks.length : last) + 1);
  const low = Math.log(chosen[0] ?? 1);
  const high = Math.log(chosen.at(-1) ?? 1);
  const place = (duration: number) =>
    high === low ? 0.5 : Math.min(1, Math.max(0, (Math.log(Math.max(1, duration)) - low) / (high - low)));
  return { ticks: chosen, place };
}
