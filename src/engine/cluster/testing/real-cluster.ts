import { spawn } from 'node:child_process';
import { createSign } from 'node:crypto';
import { openSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import type { ClusterAccess, ClusterSettings } from '../../../contract/cluster';
import { quoteIdentifier, quoteText } from '../../sql/quote';
import { modelsFolder } from '../../testing/temporary-workspace';
import { Warehouse } from '../../warehouse/warehouse';
import { workspaceAt, type Workspace } from '../../workspace';
import { openCluster } from '../open-cluster';
import { ClusterSession } from '../session';
import { setUp } from '../set-up';

const nodeSchema = z.object({
  name: z.string(),
  pid: z.int(),
  command: z.string(),
  args: z.array(z.string()),
  cwd: z.string(),
  log: z.string(),
});

const clusterSchema = z.object({
  server: z.string(),
  info: z.string(),
  data: z.string(),
  run: z.string(),
  /** The address of the object storage of the catalogs s3lake and s3warehouse, where there is one. */
  s3: z.string().nullable(),
  nodes: z.array(nodeSchema),
});

/** The cluster that `scripts/cluster/test.mjs` has started. */
export async function realCluster() {
  const run = process.env.MICRO_WAREHOUSE_TEST_CLUSTER;
  if (run === undefined) throw new Error('Run these tests by: npm run test:cluster');
  return clusterSchema.parse(JSON.parse(await readFile(path.join(run, 'cluster.json'), 'utf8')));
}

/** A data set that the cluster shares, with schemas of its own. */
export interface SharedData {
  /** A workspace over the same files, to compare with. */
  readonly workspace: Workspace;
  readonly access: ClusterAccess;
}

/** A folder for events that all nodes see as `local:///<name>/data/events`. */
export async function sharedData(name: string, changes: Partial<ClusterSettings> = {}): Promise<SharedData> {
  const { server, data, run } = await realCluster();
  const workspace = workspaceAt(path.join(data, name));
  await mkdir(workspace.eventsFolder, { recursive: true });
  const settings: ClusterSettings = {
    server,
    user: 'micro',
    signIn: 'password',
    caFile: path.join(run, 'https.crt'),
    eventsCatalog: 'lake',
    eventsSchema: `events_${name}`,
    resultsCatalog: 'warehouse',
    resultsSchema: `results_${name}`,
    location: `local:///${name}/data/events`,
    ...changes,
  };
  return { workspace, access: { settings, secret: 'secret' } };
}

/** A client and session that are closed after the test. */
export async function sessionOf(access: ClusterAccess): Promise<ClusterSession> {
  const client = await openCluster(access);
  onTestFinished(() => client.close());
  return new ClusterSession(client, access.settings);
}

export async function setUpCluster(access: ClusterAccess): Promise<void> {
  const client = await openCluster(access);
  await setUp(new ClusterSession(client, access.settings));
  await client.close();
}

/** A JWT of the key that the cluster trusts. */
export async function tokenOf(user: string, expiresIn: number): Promise<string> {
  const { run } = await realCluster();
  const now = Math.floor(Date.now() / 1_000);
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const body = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode({ sub: user, iat: now - 60, exp: now + expiresIn })}`;
  const signature = createSign('RSA-SHA256')
    .update(body)
    .sign(await readFile(path.join(run, 'jwt.key'), 'utf8'));
  return `${body}.${signature.toString('base64url')}`;
}

/** The empty workspace of somebody whose data is on the cluster. */
export async function homeWorkspace(): Promise<Workspace> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cluster-home-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return workspaceAt(folder);
}

/** Opens the warehouse of a workspace while `work` runs. @param models the folder of models; by default what ships */
export async function withWarehouse<T>(
  workspace: Workspace,
  work: (warehouse: Warehouse) => Promise<T>,
  models = modelsFolder,
): Promise<T> {
  const warehouse = await Warehouse.open(workspace, models);
  try {
    return await work(warehouse);
  } finally {
    await warehouse.close();
  }
}

/** A folder with some of the shipped models and checks, for tests in which the number of statements is their time. */
export async function someModels(...files: readonly string[]): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cluster-models-'));
  for (const file of files) {
    for (const name of [`${file}.sql`, `${file}.trino.sql`]) {
      await cp(path.join(modelsFolder, name), path.join(folder, name)).catch(() => undefined);
    }
  }
  return folder;
}

/** Differences between the tables of two database files, by table: rows on one side only, and columns of other types. */
export async function differences(one: Workspace, other: Workspace, tables: readonly string[]): Promise<string[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run(`ATTACH ${quoteText(one.database)} AS one (READ_ONLY)`);
    await connection.run(`ATTACH ${quoteText(other.database)} AS other (READ_ONLY)`);
    const found: string[] = [];
    for (const table of tables) {
      const [a, b] = [`one.main.${quoteIdentifier(table)}`, `other.main.${quoteIdentifier(table)}`];
      const sql = `SELECT (SELECT count(*) FROM (FROM ${a} EXCEPT ALL FROM ${b})), (SELECT count(*) FROM (FROM ${b} EXCEPT ALL FROM ${a})),
        (SELECT count(*) FROM (DESCRIBE ${a}) AS x FULL JOIN (DESCRIBE ${b}) AS y USING (column_name)
         WHERE x.column_type IS DISTINCT FROM y.column_type), (SELECT count(*) FROM ${a})`;
      const [counts = []] = (await connection.runAndReadAll(sql)).getRowsJson();
      const [onlyOne = 0, onlyOther = 0, types = 0, rows = 0] = counts.map(Number);
      if (onlyOne + onlyOther + types > 0) {
        found.push(`${table}: ${onlyOne} rows only here, ${onlyOther} only there, ${types} types differ, of ${rows}`);
      }
    }
    return found;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Kills a node as a machine that loses power would. */
export async function killNode(name: string): Promise<void> {
  const { nodes } = await realCluster();
  const node = nodes.find((each) => each.name === name);
  if (node) process.kill(node.pid, 'SIGKILL');
}

/** Starts a killed node again and waits until it takes part. */
export async function restartNode(name: string): Promise<void> {
  const cluster = await realCluster();
  const nodes = cluster.nodes.map((node) => {
    if (node.name !== name) return node;
    const output = openSync(node.log, 'a');
    const child = spawn(node.command, node.args, { cwd: node.cwd, detached: true, stdio: ['ignore', output, output] });
    child.unref();
    return { ...node, pid: child.pid ?? 0 };
  });
  await writeFile(path.join(cluster.run, 'cluster.json'), JSON.stringify({ ...cluster, nodes }));
  await untilWorkers(2);
}

/** Waits until the coordinator answers and has this many workers. */
export async function untilWorkers(count: number): Promise<void> {
  const { access } = await sharedData('probe');
  const client = await openCluster(access, { retryMs: 1_000 });
  for (let waited = 0; waited < 180_000; waited += 1_000) {
    const found = await client
      .all("SELECT count(*) FROM system.runtime.nodes WHERE state = 'active' AND NOT coordinator")
      .catch(() => null);
    if (Number(found?.rows[0]?.[0] ?? 0) === count) return client.close();
    await sleep(1_000);
  }
  throw new Error(`There are not ${count} workers.`);
}
