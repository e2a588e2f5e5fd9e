import { ORPCError } from '@orpc/client';
import { errorCodes, errorDetailsSchema, toAppError, type ErrorReport } from '../../../contract/app-error';

const lostConnection: ErrorReport = {
  code: 'WORKER_CRASHED',
  message: 'The warehouse stopped before it could answer.',
  action: 'It is restarting. Try again in a moment.',
};

/** The error of a failed call, for the user. Calls aborted by the caller are not failures: exclude those before. */
export function errorReportOf(error: unknown): ErrorReport {
  if (error instanceof ORPCError) {
    const code = errorCodes.find((known) => known === error.code);
    const details = errorDetailsSchema.safeParse(error.data);
    if (code && details.success) return { code, message: error.message, ...details.data };
  }
  // oRPC rejects pending calls of a closed port this way.
  if (isAbort(error)) return lostConnection;
  return toAppError(error).toReport();
}

/** Whether a call ended because it was aborted or its port was closed. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
