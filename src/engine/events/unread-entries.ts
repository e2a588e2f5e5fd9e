import path from 'node:path';
import { AppError } from '../../contract/app-error';
import type { UnreadEntry } from '../../contract/warehouse';
import { dayFolder } from './paths';
import type { Workspace } from '../workspace';
import { noPermission } from './damaged-files';
import { listEvents, listingBounds, tooMany, type EventFile, type EventListing } from './event-files';

/** Unread entries that a refresh lists; the list of days shows more. */
const mostNamed = 10;

/** One sentence per listed entry below `data/events` that isn't read, and one for all others. */
export function unreadNotices({ unread, unreadCount }: Pick<EventListing, 'unread' | 'unreadCount'>): string[] {
  const named = unread.slice(0, mostNamed);
  const others = unreadCount - named.length;
  return [...named.map(sentenceOf), ...(others > 0 ? [`${others} more entries in data/events were not read.`] : [])];
}

function sentenceOf({ path: entry, reason }: UnreadEntry): string {
  return `${entry} was not read: ${reason}.`;
}

/** The error of a refresh without event files. */
export function noEvents({ eventsFolder }: Workspace, { unread, unreadCount }: EventListing): AppError {
  const [first] = unread;
  if (!first) {
    return new AppError('NO_EVENTS', `There are no events in ${eventsFolder} yet.`, {
      action: 'Generate some first, then refresh.',
    });
  }
  const more = unreadCount > 1 ? ` (and ${unreadCount - 1} more)` : '';
  return new AppError('NO_EVENTS', `There are no events in ${eventsFolder}. ${sentenceOf(first)}${more}`, {
    action: 'Fix the name or the location, or generate events, then refresh.',
  });
}

/** @throws AppError if the list of files is incomplete: too many entries, or days without read permission */
export function refusePartialListing(workspace: Workspace, listing: EventListing, withoutLocked = false): void {
  if (listing.truncated) throw tooManyEntries();
  const [locked] = listing.lockedDays;
  // Its events may have been read before; a refresh would treat them as deleted.
  if (locked === undefined || withoutLocked) return;
  throw noPermission(path.join(workspace.eventsFolder, dayFolder(locked)), listing.lockedDays.length - 1);
}

/**
 * The event files of one day.
 * @throws AppError WORKSPACE_READ_ONLY, WORKSPACE_INVALID if they can't all be listed, since an empty list would mean
 * no events
 */
export async function eventFilesOf(workspace: Workspace, date: string): Promise<EventFile[]> {
  const listing = await listEvents(workspace);
  refusePartialListing(workspace, { ...listing, lockedDays: listing.lockedDays.filter((day) => day === date) });
  return listing.files.filter((file) => file.date === date);
}

/** The error for a folder with too many entries. */
function tooManyEntries(): AppError {
  return new AppError('WORKSPACE_INVALID', `data/events can't be read completely: ${tooMany(listingBounds)}.`, {
    action: "Move files that you don't need out of data/events, or compact days with many files, then refresh.",
  });
}
