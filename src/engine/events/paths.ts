import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { isCalendarDate } from '../../contract/calendar';
import type { Chunk } from '../../contract/rpc/generator-messages';
import type { Workspace } from '../workspace';

/** Sortable by start, unique, safe in a file name: `20260123T194022123-k3f9q2`. */
export function newRunId(now = new Date()): string {
  const time = now.toISOString().replace(/[-:.Z]/g, '');
  const suffix = randomBytes(4).readUInt32BE().toString(36).padStart(6, '0').slice(-6);
  return `${time}-${suffix}`;
}

export function isRunId(name: string): boolean {
  return /^\d{8}T\d{9}-[a-z0-9]{6}$/.test(name);
}

/** The name of a run's staging folder while it is being removed; null for another name. @returns the run's id */
export function discardedRunId(name: string): string | null {
  const id = name.endsWith(discarded) ? name.slice(0, -discarded.length) : '';
  return isRunId(id) ? id : null;
}

/** What follows a run's id in the name of its staging folder while that is being removed. */
export const discarded = '.discarded';

/** The folders of a run that is not committed yet. */
export interface RunFolders {
  readonly root: string;
  /** New files, laid out as in `data/events`. */
  readonly events: string;
  /** Old files that a replacing run has taken out of `data/events`, in the same layout. */
  readonly replaced: string;
  readonly journal: string;
  /** The generator processes that write here, by pid. */
  readonly generators: string;
  /** Where DuckDB puts what does not fit in memory. */
  readonly spill: string;
}

export function runFolders(workspace: Workspace, runId: string): RunFolders {
  const root = path.join(workspace.stagingFolder, runId);
  return {
    root,
    events: path.join(root, 'events'),
    replaced: path.join(root, 'replaced'),
    journal: path.join(root, 'journal.json'),
    generators: path.join(root, 'generators'),
    spill: path.join(root, 'spill'),
  };
}

/** The folder of a day, by Hive's convention. */
export function dayFolder(date: string): string {
  return `date=${date}`;
}

/** The day that a folder holds the events of; null where its name is not that of a day of the calendar. */
export function dayOfFolder(name: string): string | null {
  const date = /^date=(\d{4}-\d\d-\d\d)$/.exec(name)?.[1];
  return date !== undefined && isCalendarDate(date) ? date : null;
}

/** Whether a name is that of a day's folder. */
export function isDayFolder(name: string): boolean {
  return dayOfFolder(name) !== null;
}

/** The pattern that COPY gets for a chunk's files; `{i}` counts the files that one COPY writes for one day. */
export function filePattern(runId: string, chunk: Chunk): string {
  return `events-${runId}-${chunk.index}-{i}`;
}

/** Whether a file in the folder of a day was written by that run. */
export function belongsToRun(fileName: string, runId: string): boolean {
  return fileName.startsWith(`events-${runId}-`);
}

/** Whether a file in the folder of a day is one that bronze reads. */
export function isEventFile(fileName: string): boolean {
  return fileName.startsWith('events-') && fileName.endsWith('.parquet');
}

/**
 * A path from a folder of days to one of their files, as journals keep it: null unless it is `date=…/events-….parquet`
 * and nothing else. Journals of Windows have `\\`.
 */
export function parseDayFile(text: string): string | null {
  const { day = '', name = '' } = /^(?<day>[^/\\]+)[/\\](?<name>[^/\\\0]+)$/.exec(text)?.groups ?? {};
  return isDayFolder(day) && isEventFile(name) ? path.join(day, name) : null;
}
