import { AppError } from '../../../contract/app-error';
import { isMissing } from '../session';

/** The error of a cluster on which something of set-up is missing. */
export function setUpMissing(what: string, cause?: string): AppError {
  return new AppError('CLUSTER_NOT_SET_UP', `The cluster isn't set up for this workspace: ${what} is missing.`, {
    action: 'Check the names of the catalogs and schemas, then set the cluster up.',
    ...(cause === undefined ? {} : { cause }),
  });
}

/** A missing table of ours as CLUSTER_NOT_SET_UP; other errors unchanged. */
export function asSetUpMissing(error: unknown): unknown {
  return isMissing(error) && error instanceof Error ? setUpMissing('a schema or table', error.message) : error;
}
