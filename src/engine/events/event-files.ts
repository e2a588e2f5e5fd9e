import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { printable } from '../../contract/printable';
import type { UnreadEntry } from '../../contract/warehouse';
import { hasCode } from '../fs/errno';
import { folderEntries } from '../fs/folder-entries';
import { isBelow } from '../fs/path-checks';
import { WorkspaceFiles, type FolderEntry } from '../fs/workspace-files';
import { fileConcurrency, forEachConcurrently } from '../fs/concurrently';
import { dayOfFolder, isEventFile } from './paths';
import type { Workspace } from '../workspace';
import { isClutter, matchesPattern, whyNoDay, whyNoEvents } from './event-names';

/** One Parquet file of events. */
export interface EventFile {
  /** From the workspace, with `/`: `data/events/date=2025-01-31/events-….parquet`. */
  readonly path: string;
  readonly date: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  /** Differs after every change of the content, even one within a millisecond that keeps the size. */
  readonly version: string;
}

/** What is below `data/events`: the one list that views, manifest, calendar and checks go by. */
export interface EventListing {
  /** The files that are read, ordered by date and name. */
  readonly files: readonly EventFile[];
  /** Entries that are not read, the first few by name. */
  readonly unread: readonly UnreadEntry[];
  readonly unreadCount: number;
  /** Folders of days that the system does not let us read, by path from the workspace; they are in `unread` too. */
  readonly lockedDays: readonly string[];
  /** Whether the pattern of bronze matches exactly `files`; where it does not, bronze has to name them. */
  readonly matchesPattern: boolean;
  /** There is more below `data/events` than is looked at: the list is not whole. */
  readonly truncated: boolean;
}

/** How much is looked at, so that a folder with a million entries can be opened. */
export interface ListingBounds {
  /** Files and folders, those that are not read included. */
  readonly entries: number;
  /** Unread entries that are named; all are counted. */
  readonly named: number;
}

export const listingBounds: ListingBounds = { entries: 200_000, named: 100 };

/** The files that `bronze_events` reads, ordered by date and name. Empty where there are none. */
export async function listEventFiles(workspace: Workspace): Promise<readonly EventFile[]> {
  return (await listEvents(workspace)).files;
}

/**
 * Everything below `data/events`: what is read, and what is not, with the reason.
 * @throws AppError LINK_NOT_ALLOWED where the folder is a link that the user has not agreed to
 */
export async function listEvents(workspace: Workspace, bounds = listingBounds): Promise<EventListing> {
  return new EventLister(workspace, bounds).list();
}

class EventLister {
  readonly #files: EventFile[] = [];
  readonly #unread: UnreadEntry[] = [];
  readonly #lockedDays: string[] = [];
  #matchesPattern = true;
  #truncated = false;
  #left: number;
  #roots: Promise<string[]> | null = null;

  constructor(
    private readonly workspace: Workspace,
    private readonly bounds: ListingBounds,
  ) {
    this.#left = bounds.entries;
  }

  async list(): Promise<EventListing> {
    await new WorkspaceFiles(this.workspace).checkFutureFolder(this.workspace.eventsFolder);
    const days = await this.#entriesOf('');
    await forEachConcurrently(days, fileConcurrency, (entry) => this.#day(entry));
    const unread = this.#unread.toSorted((a, b) => (a.path < b.path ? -1 : 1));
    if (this.#truncated) unread.unshift({ path: 'data/events', reason: tooMany(this.bounds) });
    return {
      files: this.#files.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
      unread: unread.slice(0, this.bounds.named),
      unreadCount: unread.length,
      lockedDays: this.#lockedDays.toSorted(),
      matchesPattern: this.#matchesPattern,
      truncated: this.#truncated,
    };
  }

  async #day(entry: FolderEntry): Promise<void> {
    const date = dayOfFolder(entry.name);
    const reason = date === null ? whyNoDay(entry) : await this.#whyUnusable(entry.name, entry, 'folder');
    if (date === null || reason !== null) return this.#skip(entry.name, reason, matchesPattern(entry.name));
    for (const file of await this.#entriesOf(entry.name)) await this.#file(file, date, entry.name);
  }

  async #file(entry: FolderEntry, date: string, folder: string): Promise<void> {
    const name = `${folder}/${entry.name}`;
    const reason = whyNoEvents(entry) ?? (await this.#whyUnusable(name, entry, 'file'));
    if (reason !== null) return this.#skip(name, reason, isEventFile(entry.name));
    const found = await stat(this.#absolute(name)).catch(ignoreGone);
    if (!found) return;
    const { size, mtimeMs, ctimeMs } = found;
    this.#files.push({
      path: `data/events/${name}`,
      date,
      bytes: size,
      modifiedMs: Math.floor(mtimeMs),
      version: `${size}-${mtimeMs}-${ctimeMs}`,
    });
  }

  /**
   * Why something whose name is right can't be read; null where it can. Links are followed as long as they stay inside
   * of the workspace: DuckDB refuses all others.
   */
  async #whyUnusable(name: string, { kind }: FolderEntry, wanted: 'file' | 'folder'): Promise<string | null> {
    // Node writes what is not valid UTF-8 in another way, by which nothing can be found.
    if (name.includes('\uFFFD') && !(await stat(this.#absolute(name)).catch(ignoreGone)))
      return "its name isn't valid UTF-8";
    const kindWanted = wanted === 'file' ? 'a regular file' : 'a folder';
    if (kind !== 'link') return kind === wanted ? null : `it isn't ${kindWanted}`;
    const real = await realpath(this.#absolute(name)).catch(ignoreLost);
    if (real === null) return 'it is a broken link';
    this.#roots ??= Promise.all([realpath(this.workspace.folder), realpath(this.workspace.eventsFolder)]);
    if (!(await this.#roots).some((root) => isBelow(real, root)))
      return 'it is a link to a place outside the workspace';
    const found = await stat(real);
    return (wanted === 'file' ? found.isFile() : found.isDirectory())
      ? null
      : `it is a link to something that isn't ${kindWanted}`;
  }

  /** @param isMatched whether the pattern of bronze would read it */
  #skip(name: string, reason: string | null, isMatched: boolean): void {
    if (isMatched) this.#matchesPattern = false;
    this.#unread.push({ path: printable(`data/events/${name}`), reason: reason ?? '' });
  }

  /** Entries of `data/events`, or of a folder in it; none where it is gone, or a run is just replacing it. */
  async #entriesOf(folder: string): Promise<FolderEntry[]> {
    if (this.#left <= 0) this.#truncated = true;
    if (this.#truncated) return [];
    try {
      const { entries, truncated } = await folderEntries(this.#absolute(folder), this.#left);
      this.#left -= entries.length;
      if (truncated || this.#left < 0) this.#truncated = true;
      return entries.filter(({ name }) => !isClutter(name));
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
      if (folder === '' || !hasCode(error, 'EACCES', 'EPERM', 'EIO', 'ELOOP')) throw error;
      this.#skip(folder, `it can't be read (${error.code})`, true);
      if (!hasCode(error, 'ELOOP')) this.#lockedDays.push(`data/events/${folder}`);
      return [];
    }
  }

  #absolute(name: string): string {
    return path.join(this.workspace.eventsFolder, name);
  }
}

/** Why a listing is not whole. */
export function tooMany({ entries }: ListingBounds): string {
  return `it has more than ${entries.toLocaleString('en')} files and folders, too many to read`;
}

/** Moved or deleted since its folder was read. */
function ignoreGone(error: unknown): null {
  if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
  throw error;
}

function ignoreLost(error: unknown): null {
  if (hasCode(error, 'ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES')) return null;
  throw error;
}
