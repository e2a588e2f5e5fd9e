import { AppError } from '../../contract/app-error';
import type { UnreadEntry } from '../../contract/warehouse';
import type { Workspace } from '../workspace';
import { listingBounds, tooMany, type EventListing } from './event-files';

/** Unread entries that a refresh names; the list of days names more. */
const mostNamed = 10;

/** One sentence for each of the first entries below `data/events` that are not read, and one for all others. */
export function unreadNotices({ unread, unreadCount }: Pick<EventListing, 'unread' | 'unreadCount'>): string[] {
  const named = unread.slice(0, mostNamed);
  const others = unreadCount - named.length;
  return [...named.map(sentenceOf), ...(others > 0 ? [`${others} more entries of data/events were not read.`] : [])];
}

function sentenceOf({ path, reason }: UnreadEntry): string {
  return `${path} was not read: ${reason}.`;
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
    action: 'Correct the name or the place, or generate events, then refresh.',
  });
}

/** Why a folder with more entries than are looked at can't be refreshed. */
export function tooManyEntries(): AppError {
  return new AppError('WORKSPACE_INVALID', `data/events can't be read as a whole: ${tooMany(listingBounds)}.`, {
    action: 'Move what is not needed out of data/events, or compact days with many files, then refresh.',
  });
}
