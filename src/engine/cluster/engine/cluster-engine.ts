import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, cancelled, toAppError } from '../../../contract/app-error';
import type { ClusterAccess } from '../../../contract/cluster';
import type { ClusterOrigin, RefreshLogEntry, RefreshStep } from '../../../contract/warehouse';
import { withFolderGone } from '../../fs/opened-folder';
import { nextRefreshId } from '../../records/refresh-log';
import type { RefreshEngine } from '../../refresh/engine';
import type { RefreshTask } from '../../refresh/input';
import { logFailure, type RefreshOptions } from '../../refresh/refresh';
import type { TrinoClient } from '../../trino/client';
import { bringHome, homeSteps } from '../home/bring-home';
import { openCluster } from '../open-cluster';
import { refreshOnCluster } from '../refresh/refresh-on-cluster';
import type { LockTimes } from '../refresh/lock';
import { ClusterSession } from '../session';

/** How long the client stays open for what ends a cancelled refresh on the cluster. */
const goodbyeMs = 30_000;

/**
 * Computes on a cluster, then brings gold and the records home.
 * @param lockTimes for tests
 */
export function clusterEngine(access: ClusterAccess, lockTimes?: LockTimes): RefreshEngine {
  return {
    refresh: async (task, options) => {
      const client = await openCluster(access);
      try {
        const entry = await refresh(client, access, { ...task, ...(lockTimes && { lockTimes }) }, options);
        await client.close();
        return entry;
      } catch (error) {
        void closeLater(client);
        throw error;
      }
    },
  };
}

async function refresh(
  client: TrinoClient,
  { settings }: ClusterAccess,
  task: RefreshTask & { readonly lockTimes?: LockTimes },
  options: RefreshOptions,
): Promise<RefreshLogEntry> {
  const { connection, workspace } = task;
  const { signal } = options;
  let steps: RefreshStep[] = [];
  const onSteps = (now: RefreshStep[]) => {
    steps = now;
    options.onSteps?.(now);
  };
  const startedAt = new Date().toISOString();
  const refreshId = await nextRefreshId(connection);
  const { server, resultsCatalog: catalog, resultsSchema: schema } = settings;
  const origin: ClusterOrigin = { server, catalog, schema, refreshId: null, finishedAt: null };
  const interrupt = () => connection.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    const session = new ClusterSession(client, settings, { signal });
    const result = await refreshOnCluster(session, { ...task, laterSteps: homeSteps }, { signal, onSteps });
    const { refreshId: id, finishedAt } = result.record;
    return await bringHome({
      task,
      session,
      result,
      refreshId,
      startedAt,
      signal,
      origin: { ...origin, refreshId: id, finishedAt },
      notices: [...(options.notices ?? []), ...result.notices],
    });
  } catch (error) {
    const told = await withFolderGone(error, workspace.folder);
    const reason = signal?.aborted ? cancelled('The refresh') : toAppError(told);
    await logFailure(task, { refreshId, startedAt, files: 0, bytes: 0 }, reason, steps, origin);
    throw reason;
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
}

/** After a failure, statements that end it on the cluster may still be running. */
async function closeLater(client: TrinoClient): Promise<void> {
  await sleep(goodbyeMs, undefined, { ref: false });
  await client.close().catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
  });
}
