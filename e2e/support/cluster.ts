import { createHash } from 'node:crypto';
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ClusterSettings } from '../../src/contract/cluster';
import { elsewhereFrom, testOrigin } from '../../src/engine/testing/refresh-elsewhere';
import { writeEvents } from '../../src/engine/testing/write-events';
import { Warehouse } from '../../src/engine/warehouse/warehouse';
import { workspaceAt } from '../../src/engine/workspace';

/** Writes the settings of the workspace's cluster as the app keeps them. @returns the folder of the workspace */
export async function setCluster(
  folder: string,
  { address }: { readonly address: string },
  change: Partial<ClusterSettings> = {},
): Promise<string> {
  const workspace = path.join(folder, 'workspace');
  await mkdir(workspace, { recursive: true });
  const id = createHash('sha256')
    .update(await realpath(workspace))
    .digest('hex')
    .slice(0, 16);
  const kept = path.join(folder, 'user-data', 'workspaces', id);
  const settings: ClusterSettings = {
    server: address,
    user: 'micro',
    signIn: 'none',
    caFile: null,
    eventsCatalog: 'hive',
    eventsSchema: 'events',
    resultsCatalog: 'iceberg',
    resultsSchema: 'micro_warehouse',
    location: 's3://warehouse/data/events',
    ...change,
  };
  await mkdir(kept, { recursive: true });
  await writeFile(path.join(kept, 'cluster.json'), JSON.stringify({ settings, on: 'cluster', secret: null }));
  return workspace;
}

/** Leaves the workspace as a refresh on this cluster does: gold and the records are here, everything else is not. */
export async function refreshElsewhere(workspaceFolder: string, server: string): Promise<void> {
  const workspace = workspaceAt(workspaceFolder);
  await writeEvents(workspace, [
    { at: '2025-01-06 10:00:00', team: 1 },
    { at: '2025-01-06 11:00:00', team: 1, user: 2 },
    { at: '2025-01-07 10:00:00', team: 2, user: null },
    { at: '2025-01-14 10:00:00', team: 2, user: 3, event: 'purchase', properties: '{"price":"9.50","quantity":"2"}' },
    { at: '2025-01-15 10:00:00', team: 3, user: 4, properties: '{"unknown":1}' },
  ]);
  const warehouse = await Warehouse.open(workspace, path.resolve('resources/models'));
  await warehouse.refresh({ engine: elsewhereFrom({ ...testOrigin, server }) });
  await warehouse.close();
}
