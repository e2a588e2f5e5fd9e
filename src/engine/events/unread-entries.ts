import path from 'node:path';
import { AppError } from '../../contract/app-error';
import type { UnreadEntry } from '../../contract/warehouse';
import { dayFolder } from './paths';
import type { Workspace } from '../workspace';
import { noPermission } from './damaged-files';
import { listEvents, listingBounds, tooMany, type EventFile, type EventListing } from './event-files';

/** Unread entries that a refresh names; the list of days names more. */
const mostNamed = 10;

/** One sentence for each of the first entries below `data/events` that are not read, and one for all others. */
export function unreadNotices({ unread, unreadCount }: Pick<EventListing, 'unread' | 'unreadCount'>): string[] {
  const named = unread.slice(0, mostNamed);
  const others = unreadCount - named.length;
  return [...named.map(sentenceOf), ...(others > 0 ? [`${others} more entries in data/events were not read.`] : [])];
}

function sentenceOf({ path: entry, reason }: UnreadEntry): string {
  return `${entry} was not read: ${reason}.`;
}

/** Why a refresh has nothing to read. */
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

/** @throws AppError where the list of files is not whole: too many entries, or days that may not be read */
export function refusePartialListing(workspace: Workspace, listing: EventListing, withoutLocked = false): void {
  if (listing.truncated) throw tooManyEntries();
  const [locked] = listing.lockedDays;
  // It may have been read before: a refresh would take its events for deleted.
  if (locked === undefined || withoutLocked) return;
  throw noPermission(path.join(workspace.folder, locked), listing.lockedDays.length - 1);
}

/**
 * The event files of one day.
 * @throws AppError WORKSPACE_READ_ONLY, WORKSPACE_INVALID where they can't all be listed: none would look like no events
 */
export async function eventFilesOf(workspace: Workspace, date: string): Promise<EventFile[]> {
  const listing = await listEvents(workspace);
  const isWanted = (folder: string) => folder === `data/events/${dayFolder(date)}`;
  refusePartialListing(workspace, { ...listing, lockedDays: listing.lockedDays.filter(isWanted) });
  return listing.files.filter((file) => file.date === date);
}

/** Why a folder with more entries than are looked at can't be refreshed. */
function tooManyEntries(): AppError {
  return new AppError('WORKSPACE_INVALID', `data/events can't be read completely: ${tooMany(listingBounds)}.`, {
    action: "Move files that you don't need out of data/events, or compact days with many files, then refresh.",
  });
}
