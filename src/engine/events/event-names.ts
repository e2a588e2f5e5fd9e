import type { FolderEntry } from '../fs/workspace-files';
import { isEventFile } from './paths';

/**
 * The names that `bronze_events` reads, by DuckDB's rules for patterns. What matches and is not read after all (a day
 * that the calendar does not have) makes bronze name its files one by one.
 */
export const eventPattern = 'data/events/date=[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]/events-*.parquet';
const folderOfPattern = /^date=\d{4}-[01]\d-[0-3]\d$/;

/** Whether the folder part of {@link eventPattern} matches. */
export function matchesPattern(folder: string): boolean {
  return folderOfPattern.test(folder);
}

/** Why nothing is read from an entry of `data/events` whose name is not that of a day. */
export function whyNoDay({ name, kind }: FolderEntry): string {
  const [, value] = /^date=(.*)$/is.exec(name) ?? [];
  if (kind === 'file' || value === undefined) return 'events are read only from folders named date=YYYY-MM-DD';
  if (!name.startsWith('date=')) return 'the name must start with date= in lowercase';
  if (value === '' || value === '__HIVE_DEFAULT_PARTITION__') return 'it has no date';
  return /^\d{4}-\d\d-\d\d$/.test(value) ? "this date doesn't exist" : 'the date must be in the form YYYY-MM-DD';
}

/** Why a file or folder in the folder of a day is not read; null where it is one of events. */
export function whyNoEvents({ name, kind }: FolderEntry): string | null {
  if (kind === 'folder' && !isEventFile(name)) return "subfolders of a day's folder aren't read";
  if (!isEventFile(name)) return 'only files named events-….parquet are read';
  return kind === 'folder' || kind === 'other' ? "it isn't a regular file" : null;
}

/** Entries that operating systems and editors leave behind; nobody takes them for data. */
export function isClutter(name: string): boolean {
  return name.startsWith('.') || /^(?:thumbs\.db|desktop\.ini|icon\r)$/i.test(name);
}
