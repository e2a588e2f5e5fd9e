import { describe, expect, test } from 'vitest';
import { defaultClusterNames, type ClusterState } from '../../../contract/cluster';
import { rowsAway } from './rows-away';

const origin = {
  server: 'https://trino.example.com:8443',
  catalog: 'iceberg',
  schema: 'micro_warehouse',
  refreshId: 12,
  finishedAt: null,
};

const cluster = (change: Partial<ClusterState['settings']> = {}): ClusterState => ({
  settings: {
    server: 'https://trino.example.com:8443/',
    user: 'ann',
    signIn: 'password',
    caFile: null,
    location: 's3://events',
    ...defaultClusterNames,
    ...change,
  },
  on: 'cluster',
  secret: 'stored',
});

describe('rows that are on a cluster', () => {
  test('can be fetched from the cluster in the settings', () => {
    expect(rowsAway(origin, cluster())).toEqual({ reachable: true, host: 'trino.example.com:8443' });
  });

  test('can not without settings, or with those of another cluster or schema', () => {
    expect(rowsAway(origin, null)).toMatchObject({
      reachable: false,
      reason:
        'Gold came from trino.example.com:8443, and no cluster is set for this workspace on this computer. Enter it in Settings, Cluster.',
    });
    expect(rowsAway(origin, cluster({ server: 'https://other.example.com' }))).toMatchObject({
      reachable: false,
      reason:
        'Gold came from trino.example.com:8443, iceberg.micro_warehouse, but Settings, Cluster, has other.example.com, iceberg.micro_warehouse. Change the settings, or refresh on other.example.com.',
    });
    expect(rowsAway(origin, cluster({ resultsSchema: 'test' })).reachable).toBe(false);
  });

  test('are not written with control characters of a name from the workspace', () => {
    const { host } = rowsAway({ ...origin, server: 'https://a\u202eb\n.example.com' }, null);
    expect(host).toMatch(/^[\x20-\x7e]+$/);
  });
});
