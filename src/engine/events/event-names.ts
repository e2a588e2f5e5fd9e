import type { FolderEntry } from '../fs/workspace-files';
import { isEventFile } from './paths';

/**
 * The names that `bronze_events` reads, as a DuckDB pattern. If an entry matches but isn't read (such as a date that
 * doesn't exist), bronze lists its files one by one.
 */
export const eventPattern = 'data/events/date=[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]/events-*.parquet';
const folderOfPattern = /^date=\d{4}-[01]\d-[0-3]\d$/;

/** Whether the folder part of {@link eventPattern} matches. */
export function matchesPattern(folder: string): boolean {
  return folderOfPattern.test(folder);
}

/** The reason why an entry of `data/events` isn't read as a day. */
export function whyNoDay({ name, kind }: FolderEntry): string {
  const [, value] = /^date=(.*)$/is.exec(name) ?? [];
  if (kind === 'file' || value === undefined) return 'events are read only from folders named date=YYYY-MM-DD';
  if (!name.startsWith('date=')) return 'the name must start with date= in lowercase';
  if (value === '' || value === '__HIVE_DEFAULT_PARTITION__') return 'it has no date';
  return /^\d{4}-\d\d-\d\d$/.test(value) ? "this date doesn't exist" : 'the date must be in the form YYYY-MM-DD';
}

/** The reason why an entry of a day's folder isn't read; null if it is an event file. */
export function whyNoEvents({ name, kind }: FolderEntry): string | null {
  if (kind === 'folder' && !isEventFile(name)) return "subfolders of a day's folder aren't read";
  if (!isEventFile(name)) return 'only files named events-….parquet are read';
  return kind === 'folder' || kind === 'other' ? "it isn't a regular file" : null;
}

/** Whether it is an entry that operating systems or editors leave behind, and nobody takes for data. */
export function isClutter(name: string): boolean {
  return name.startsWith('.') || /^(?:thumbs\.db|desktop\.ini|icon\r)$/i.test(name);
}
