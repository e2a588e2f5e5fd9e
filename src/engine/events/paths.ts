import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { isCalendarDate } from '../../contract/calendar';
import type { Chunk } from '../../contract/rpc/generator-messages';
import type { Workspace } from '../workspace';

/** A new run id: sortable by start time, unique, safe in a file name: `20260123T194022123-k3f9q2`. */
export function newRunId(now = new Date()): string {
  const time = now.toISOString().replace(/[-:.Z]/g, '');
  const suffix = randomBytes(4).readUInt32BE().toString(36).padStart(6, '0').slice(-6);
  return `${time}-${suffix}`;
}

export function isRunId(name: string): boolean {
  return /^\d{8}T\d{9}-[a-z0-9]{6}$/.test(name);
}

/** The run's id from the name of its staging folder while that is being removed; null for any other name. */
export function discardedRunId(name: string): string | null {
  const id = name.endsWith(discarded) ? name.slice(0, -discarded.length) : '';
  return isRunId(id) ? id : null;
}

/** The suffix of a run's staging folder while it is being removed. */
export const discarded = '.discarded';

/** The folders of an uncommitted run. */
export interface RunFolders {
  readonly root: string;
  /** New files, laid out as in `data/events`. */
  readonly events: string;
  /** Existing files that a replacing run has moved out of `data/events`, in the same layout. */
  readonly replaced: string;
  readonly journal: string;
  /** The pid files of the generator processes that write here. */
  readonly generators: string;
  /** DuckDB's temporary folder. */
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

/** The name of a day's folder, by Hive's convention. */
export function dayFolder(date: string): string {
  return `date=${date}`;
}

/** The day of a folder; null if its name isn't that of an existing date. */
export function dayOfFolder(name: string): string | null {
  const date = /^date=(\d{4}-\d\d-\d\d)$/.exec(name)?.[1];
  return date !== undefined && isCalendarDate(date) ? date : null;
}

/** Whether this is the name of a day's folder. */
export function isDayFolder(name: string): boolean {
  return dayOfFolder(name) !== null;
}

/** COPY's file name pattern for a chunk; `{i}` counts the files that one COPY writes per day. */
export function filePattern(runId: string, chunk: Chunk): string {
  return `events-${runId}-${chunk.index}-{i}`;
}

/** Whether a file in a day's folder was written by that run. */
export function belongsToRun(fileName: string, runId: string): boolean {
  return fileName.startsWith(`events-${runId}-`);
}

/** Whether bronze reads a file in a day's folder. */
export function isEventFile(fileName: string): boolean {
  return fileName.startsWith('events-') && fileName.endsWith('.parquet');
}

/**
 * The path of an event file from a tree of days, as journals store it: null unless it is exactly
 * `date=…/events-….parquet`. Journals written on Windows have `\\`.
 */
export function parseDayFile(text: string): string | null {
  const { day = '', name = '' } = /^(?<day>[^/\\]+)[/\\](?<name>[^/\\\0]+)$/.exec(text)?.groups ?? {};
  return isDayFolder(day) && isEventFile(name) ? path.join(day, name) : null;
}
