import { rm } from 'node:fs/promises';
import { quoteIdentifier } from '../sql/quote';
import { refresh } from '../refresh/refresh';
import type { RefreshEngine } from '../refresh/engine';
import { readRelations } from '../records/built-tables';
import { writeManifest } from '../records/manifest';
import type { ClusterOrigin } from '../../contract/warehouse';

export const testOrigin: ClusterOrigin = {
  server: 'https://trino.example.com:8443',
  catalog: 'iceberg',
  schema: 'micro_warehouse',
  refreshId: 12,
  finishedAt: '2025-02-01T10:00:00.000Z',
};

/**
 * Leaves the workspace as a refresh on a cluster does: gold and the records are here, bronze, silver and the files are
 * not.
 */
export const elsewhereFrom = (origin: ClusterOrigin): RefreshEngine => ({
  refresh: async (task, options) => {
    const { connection, workspace } = task;
    const entry = await refresh(task, options);
    const relations = await readRelations(connection);
    for (const { name, layer } of task.modelSet.models.toReversed()) {
      const kind = relations.get(name);
      if (layer !== 'gold' && kind) await connection.run(`DROP ${kind} ${quoteIdentifier(name)}`);
    }
    await writeManifest(connection, [], new Set());
    await connection.run(`UPDATE refresh_log SET cluster = $origin WHERE refresh_id = $id`, {
      origin: JSON.stringify(origin),
      id: entry.refreshId,
    });
    await rm(workspace.eventsFolder, { recursive: true });
    return { ...entry, cluster: origin };
  },
});

export const elsewhere = elsewhereFrom(testOrigin);
