import { AppError } from '../../contract/app-error';
import type { TrinoFailure } from './protocol';

/** Errors that are about rights although Trino counts some of them among the user's mistakes. */
const rightsErrors = new Set(['PERMISSION_DENIED']);

/** What to do about failures that aren't the statement's fault, by Trino's name. */
const actions: Readonly<Record<string, string>> = {
  ABANDONED_QUERY: 'Nobody asked for its rows for too long. Run it again.',
  ADMINISTRATIVELY_KILLED: 'Whoever runs the cluster ended it. Ask why, then try again.',
  ADMINISTRATIVELY_PREEMPTED: 'Whoever runs the cluster ended it. Ask why, then try again.',
  CLUSTER_OUT_OF_MEMORY: 'Select less data, or try again when the cluster has less to do.',
  EXCEEDED_CPU_LIMIT: 'Select less data, or ask for a higher limit.',
  EXCEEDED_GLOBAL_MEMORY_LIMIT: 'Select less data, or ask for a higher limit.',
  EXCEEDED_LOCAL_MEMORY_LIMIT: 'Select less data, or ask for a higher limit.',
  EXCEEDED_TIME_LIMIT: 'Select less data, or ask for a higher limit.',
  NO_NODES_AVAILABLE: 'The cluster has no workers now. Try again when they have started.',
  PAGE_TRANSPORT_ERROR: 'A worker was lost. Try again.',
  PAGE_TRANSPORT_TIMEOUT: 'A worker was lost. Try again.',
  QUERY_QUEUE_FULL: 'Try again when the cluster has less to do.',
  QUERY_REJECTED: 'Try again when the cluster has less to do.',
  REMOTE_HOST_GONE: 'A worker was lost. Try again.',
  REMOTE_TASK_ERROR: 'A worker was lost. Try again.',
  SERVER_STARTING_UP: 'The cluster is starting. Try again in a minute.',
  SERVER_SHUTTING_DOWN: 'A node is being shut down. Try again.',
  TOO_MANY_REQUESTS_FAILED: 'A worker was lost. Try again.',
  USER_CANCELED: 'Somebody ended it on the cluster. Run it again.',
};

/** The server repeats the position at the start of its message. */
const positionPrefix = /^line \d+:\d+: /;

/**
 * The failure of a statement in words that a user can act on; Trino's name of it is in `details.cluster`.
 * @param message Trino's message, without secrets
 */
export function statementError(failure: TrinoFailure, message: string, queryId: string): AppError {
  const { errorName, errorType, errorLocation } = failure;
  const cluster = { errorName, errorType, queryId };
  if (rightsErrors.has(errorName)) {
    return new AppError('CLUSTER_RIGHTS', message.replace(/^Access Denied: /, 'The cluster denies access: '), {
      action: 'Ask whoever runs the cluster for this right, or sign in as another user.',
      cluster,
    });
  }
  if (errorName === 'READ_ONLY_VIOLATION') {
    return new AppError('CLUSTER_READ_ONLY', 'The statement would change something on the cluster.', {
      action: 'Run a query: the console only reads from the cluster.',
      cause: message,
      cluster,
    });
  }
  if (errorType === 'USER_ERROR' && !(errorName in actions)) {
    const { lineNumber: line = 0, columnNumber: column = 0 } = errorLocation ?? {};
    return new AppError('CLUSTER_QUERY', message.replace(positionPrefix, ''), {
      action: 'Correct the statement. The cluster speaks Trino SQL, which differs from DuckDB in places.',
      cluster,
      ...(line > 0 && column > 0 && { position: { line, column } }),
    });
  }
  return new AppError('CLUSTER_FAILED', message, {
    action:
      actions[errorName] ?? 'Try again. If it keeps happening, give whoever runs the cluster the id of the query.',
    cause: `${errorName}, query ${queryId}`,
    cluster,
  });
}
