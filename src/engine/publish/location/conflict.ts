import { AppError } from '../../../contract/app-error';
import type { RunLogEntry } from '../../../contract/generation';
import { printable } from '../../../contract/text/printable';

/** The error for a name that is taken by other content. Nothing at a location is ever replaced. */
export function conflict(name: string, location: string, found = 'another file'): AppError {
  return new AppError('LOCATION_CONFLICT', `${printable(location)} already has ${found} named ${printable(name)}.`, {
    action: 'Nothing there was changed. Move it elsewhere if it is a mistake, or publish to another location.',
  });
}

/**
 * Confirms that a run at a location is the one to be published.
 * @param there the run with its id there; null if there is none that can be read
 * @param name of the file it would have
 * @throws AppError LOCATION_CONFLICT if that is another run
 */
export function confirmSameRun(run: RunLogEntry, there: RunLogEntry | null, name: string, location: string): void {
  if (there && JSON.stringify(there) === JSON.stringify(run)) return;
  throw conflict(name, location, 'another run');
}
