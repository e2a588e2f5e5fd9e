import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { printable } from '../../contract/text/printable';
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
  /** Path from the workspace, with `/`: `data/events/date=2025-01-31/events-….parquet`. */
  readonly path: string;
  readonly date: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  /** Changes with every change of the content, even one within a millisecond that keeps the size. */
  readonly version: string;
}

/** The content of `data/events`: the one list that views, manifest, calendar and checks use. */
export interface EventListing {
  /** The files that are read, ordered by date and name. */
  readonly files: readonly EventFile[];
  /** The first entries, by name, that aren't read. */
  readonly unread: readonly UnreadEntry[];
  readonly unreadCount: number;
  /** Days whose folders can't be read; the folders are in `unread` too. */
  readonly lockedDays: readonly string[];
  /** Whether the pattern of bronze matches exactly `files`; otherwise bronze has to list them. */
  readonly matchesPattern: boolean;
  /** Whether the list is incomplete because `data/events` has too many entries. */
  readonly truncated: boolean;
}

/** Limits of a listing, so that a folder with a million entries can be opened. */
export interface ListingBounds {
  /** Files and folders, including those that aren't read. */
  readonly entries: number;
  /** Unread entries that are listed; all are counted. */
  readonly named: number;
}

export const listingBounds: ListingBounds = { entries: 200_000, named: 100 };

/**
 * Lists everything below `data/events`: the files that are read, and all others with the reason.
 * @throws AppError LINK_NOT_ALLOWED if the folder is a link that the user hasn't agreed to
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
   * The reason why an entry with the right name can't be read; null if it can. Links are followed inside the workspace;
   * DuckDB refuses all others.
   */
  async #whyUnusable(name: string, { kind }: FolderEntry, wanted: 'file' | 'folder'): Promise<string | null> {
    // Node replaces bytes that aren't valid UTF-8, and then can't find the file by that name.
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

  /** @param isMatched whether the pattern of bronze matches it */
  #skip(name: string, reason: string | null, isMatched: boolean): void {
    if (isMatched) this.#matchesPattern = false;
    this.#unread.push({ path: printable(`data/events/${name}`), reason: reason ?? '' });
  }

  /** Entries of `data/events` or of a folder in it; none if it doesn't exist, such as while a run replaces it. */
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
      const date = dayOfFolder(folder);
      if (date !== null && !hasCode(error, 'ELOOP')) this.#lockedDays.push(date);
      return [];
    }
  }

  #absolute(name: string): string {
    return path.join(this.workspace.eventsFolder, name);
  }
}

/** The reason for an incomplete listing. */
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
