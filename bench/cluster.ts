import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { loadavg } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { cli, freshFolder, note } from './report';

/*
 * The same data here and on a cluster of one machine, which never wins: what grows with rows, with days and with
 * workers. CPU seconds, bytes and splits hardly depend on what else the machine does; times do.
 */

const account = { user: 'micro', password: 'secret' };

interface TestCluster {
  readonly server: string;
  readonly run: string;
  readonly data: string;
}

const stepSchema = z.object({ name: z.string(), elapsedMs: z.number().nullable() });
const entrySchema = z.object({ startedAt: z.string(), finishedAt: z.string(), steps: z.array(stepSchema) });
type Entry = z.output<typeof entrySchema>;

const querySchema = z.object({
  query: z.string(),
  queryStats: z.object({
    createTime: z.string(),
    totalCpuTime: z.string(),
    physicalInputDataSize: z.string(),
    totalDrivers: z.number(),
    elapsedTime: z.string(),
  }),
});

/** By name only: it starts three JVMs for each number of workers. */
export async function onCluster(): Promise<void> {
  note(`load before: ${loadavg()[0]?.toFixed(1)}`);
  for (const workers of [2, 1]) {
    const cluster = start(workers);
    try {
      const sizes =
        workers === 2
          ? ([
              [0.2, 60],
              [0.2, 360],
              [2, 60],
            ] as const)
          : ([[2, 60]] as const);
      // The first statements of a JVM take several times as long.
      await refreshBoth(cluster, workers, 0.02, 10, false);
      for (const [millions, days] of sizes) await refreshBoth(cluster, workers, millions, days);
    } finally {
      script('stop', cluster.run);
    }
  }
  note(`load after: ${loadavg()[0]?.toFixed(1)}`);
}

function script(name: 'start' | 'stop', ...args: string[]): string {
  return String(execFileSync(process.execPath, [path.resolve('scripts/cluster', `${name}.mjs`), ...args]));
}

function start(workers: number): TestCluster {
  const [data, run] = [freshFolder(), freshFolder()];
  script('start', data, run, String(workers));
  const { server } = z
    .object({ server: z.string() })
    .parse(JSON.parse(readFileSync(path.join(run, 'cluster.json'), 'utf8')));
  return { server, run, data };
}

/** A full refresh and one of a further day, here and on the cluster. */
async function refreshBoth(cluster: TestCluster, workers: number, millions: number, days: number, isTold = true) {
  const name = `b${Math.round(millions * 100)}_${days}_${workers}`;
  const location = path.join(cluster.data, name);
  const [here, home] = [freshFolder(), freshFolder()];
  const end = new Date(Date.UTC(2024, 0, days)).toISOString().slice(0, 10);
  const recipe = ['--rows', String(millions * 1e6), '--start', '2024-01-01', '--end', end];
  const ours = (...args: string[]) =>
    execFileSync(process.execPath, [cli, ...args], { env: environment(cluster, name) });
  const refresh = (...args: string[]) => entrySchema.parse(JSON.parse(String(ours('refresh', '--json', ...args))));
  ours('generate', ...recipe, '--workspace', here, '--publish', location, '--json');
  ours('cluster', 'setup', '--yes');
  for (const what of ['full', 'one more day'] as const) {
    if (what !== 'full') ours('advance', '--days', '1', '--workspace', here, '--publish', location, '--json');
    const local = refresh('--workspace', here);
    const remote = refresh('--on', 'cluster', '--workspace', home);
    if (!isTold) continue;
    note(`${millions}M rows, ${days} days, ${workers} ${workers === 1 ? 'worker' : 'workers'}, ${what}:`);
    note(`  here ${seconds(local)}, on the cluster ${seconds(remote)}; ${await costs(cluster, remote)}`);
    if (what === 'full') note(`  ${longestSteps(local)} | ${longestSteps(remote)}`);
  }
}

function environment({ server, run }: TestCluster, name: string): NodeJS.ProcessEnv {
  const settings = {
    SERVER: server,
    USER: account.user,
    PASSWORD: account.password,
    CA: path.join(run, 'https.crt'),
    EVENTS_CATALOG: 'lake',
    EVENTS_SCHEMA: `events_${name}`,
    RESULTS_CATALOG: 'warehouse',
    RESULTS_SCHEMA: `results_${name}`,
    LOCATION: `local:///${name}/data/events`,
  };
  const given = Object.entries(settings).map(([key, value]) => [`MICRO_WAREHOUSE_CLUSTER_${key}`, value]);
  return { ...process.env, ...Object.fromEntries(given) };
}

const msOf = ({ startedAt, finishedAt }: Entry) => Date.parse(finishedAt) - Date.parse(startedAt);
const seconds = (entry: Entry) => `${(msOf(entry) / 1_000).toFixed(1)} s`;

function longestSteps({ steps }: Entry): string {
  const timed = steps.toSorted((a, b) => (b.elapsedMs ?? 0) - (a.elapsedMs ?? 0)).slice(0, 4);
  return timed.map(({ name, elapsedMs }) => `${name} ${((elapsedMs ?? 0) / 1_000).toFixed(1)} s`).join(', ');
}

/** What Trino's own statistics say about the statements of a refresh. */
async function costs(cluster: TestCluster, { startedAt, finishedAt }: Entry): Promise<string> {
  const queries = z.array(querySchema).parse(JSON.parse(await get(cluster, '/v1/query')));
  const [from, to] = [Date.parse(startedAt), Date.parse(finishedAt)];
  const own = queries
    .map(({ queryStats }) => queryStats)
    .filter(({ createTime }) => Date.parse(createTime) >= from && Date.parse(createTime) <= to);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const cpu = sum(own.map(({ totalCpuTime }) => amount(totalCpuTime)));
  const read = sum(own.map(({ physicalInputDataSize }) => amount(physicalInputDataSize)));
  const splits = sum(own.map(({ totalDrivers }) => totalDrivers));
  return `${own.length} statements, ${cpu.toFixed(1)} CPU seconds, ${(read / 1e6).toFixed(0)} MB read, ${splits} splits`;
}

const units: Readonly<Record<string, number>> = {
  ns: 1e-9, us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3_600, d: 86_400, B: 1, kB: 1e3, MB: 1e6, GB: 1e9,
}; // prettier-ignore

/** Seconds or bytes of Trino's text, such as `1.20s` and `12.5MB`. */
function amount(text: string): number {
  const [, value = '0', unit = ''] = /^([\d.]+)(\D+)$/.exec(text) ?? [];
  return Number(value) * (units[unit] ?? Number.NaN);
}

function get({ server, run }: TestCluster, address: string): Promise<string> {
  const options = { ca: readFileSync(path.join(run, 'https.crt')), auth: `${account.user}:${account.password}` };
  return new Promise((resolve, reject) => {
    https
      .get(`${server}${address}`, options, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => resolve(text)).on('error', reject);
      })
      .on('error', reject);
  });
}
