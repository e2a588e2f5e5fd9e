import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Profile } from '../src/contract/recipe';
import { onCluster } from './cluster';
import { querying } from './console';
import { inTurns, measureProcess } from './measure';
import { visiting } from './pages';
import { generated, refreshing, refreshingHuge } from './refresh';
import { add, bench, cli, freshFolder, million, ratio, root, timed } from './report';
import { generateFromWindow, launchEmptyWindow, launchWindow } from './window';

const rounds = 5;

const cores = availableParallelism();
const generateRaw = (rows: number, profile: Profile = 'realistic', connections = cores) =>
  timed(bench('raw-generate'), freshFolder(), String(rows), profile, String(connections));
const generate = (rows: number, ...options: string[]) =>
  timed(cli, 'generate', '--rows', String(rows), '--workspace', freshFolder(), '--json', ...options);

/** The command line against raw DuckDB on one core and on all, profile against profile, and one worker against two. */
async function generationRatios(): Promise<void> {
  for (const [rows, most, times] of [
    [million, 1.35, rounds],
    [10 * million, 1.25, 3],
  ] as const) {
    const size = `${rows / million}M rows`;
    for (const profile of ['realistic', 'uniform'] as const) {
      for (const width of new Set([1, cores])) {
        const ours = () => generate(rows, '--profile', profile, '--workers', String(width));
        const turns = await inTurns(times, ours, () => generateRaw(rows, profile, width));
        ratio(`generate ${size}, ${profile}, command line / raw DuckDB, width ${width}`, turns, most);
      }
    }
    const [realistic, uniform] = ['realistic', 'uniform'].map((profile) => () => generate(rows, '--profile', profile));
    if (realistic && uniform)
      ratio(`generate ${size}, realistic / uniform`, await inTurns(times, realistic, uniform), 1.5);
  }
  const workers = (count: number) => () => generate(10 * million, '--workers', String(count));
  const [one, two] = await inTurns(rounds, workers(1), workers(2));
  const measured = `${(one / two).toFixed(2)} x  (${Math.round(one)} ms / ${Math.round(two)} ms)`;
  add({ what: 'generate 10M rows, one worker / two workers', measured, value: one / two, least: 1.8 });
}

/** The cost of flushing for power cuts: the same run with a `sync` that does nothing. */
async function flushing(): Promise<void> {
  const idle = freshFolder();
  writeFileSync(path.join(idle, 'sync'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  const run = (env: NodeJS.ProcessEnv) => async () => {
    const args = [cli, 'generate', '--rows', String(10 * million), '--workspace', freshFolder(), '--json'];
    return (await measureProcess(process.execPath, args, env)).ms;
  };
  const unflushed = { PATH: `${idle}${path.delimiter}${process.env.PATH}` };
  ratio('generate 10M rows, flushed to the disk once / not at all', await inTurns(3, run({}), run(unflushed)), 1.1);
}

/** Only on request: 100M rows take minutes and gigabytes. */
async function generationHuge(): Promise<void> {
  const measure = (rows: number) =>
    measureProcess(process.execPath, [cli, 'generate', '--rows', String(rows), '--workspace', freshFolder(), '--json']);
  const [ten, hundred] = [await measure(10 * million), await measure(100 * million)];
  const rate = (10 * ten.ms) / hundred.ms;
  const measured = `${Math.round(100 * rate)} %`;
  add({ what: 'rows/s of 100M rows, of those of 10M', measured, value: rate, least: 0.8 });
  const peak = hundred.peakMb ?? NaN;
  add({
    what: 'peak memory of a process, generating 100M rows',
    measured: `${Math.round(peak)} MB`,
    value: peak,
    most: 500,
  });
}

async function generation(): Promise<void> {
  await generationRatios();
  if (process.platform === 'linux') await flushing();
  const modules = installPolars();
  const polars = () => timed(bench('polars-generate'), modules, freshFolder(), String(million));
  const [slow, ours] = await inTurns(2, polars, () => generate(million));
  add({
    what: 'generate 1M rows, nodejs-polars row by row / command line',
    measured: `${(slow / ours).toFixed(2)} x  (${Math.round(slow)} ms / ${Math.round(ours)} ms)`,
    value: slow / ours,
    least: 5,
  });
  for (const rows of [million, 10 * million]) {
    const { peakMb } = await measureProcess(process.execPath, [
      cli, 'generate', '--rows', String(rows), '--workspace', freshFolder(), '--json',
    ]); // prettier-ignore
    add({
      what: `peak memory of a process, generating ${rows / million}M rows`,
      measured: `${Math.round(peakMb ?? NaN)} MB`,
      value: peakMb ?? NaN,
      most: 500,
    });
  }
}

async function generatingFromWindow(): Promise<void> {
  const window = () => generateFromWindow(freshFolder(), freshFolder(), million);
  ratio(
    'generate 1M rows, click to done in the window / raw DuckDB',
    await inTurns(3, window, () => generateRaw(million)),
    1.6,
  );
}

/** Installed here rather than by the project, since only this comparison needs it. */
function installPolars(): string {
  const folder = freshFolder();
  const packages = ['nodejs-polars@0.26.1', `nodejs-polars-${process.platform}-${process.arch}-gnu@0.26.1`];
  execFileSync('npm', ['install', '--prefix', folder, '--no-save', '--force', ...packages], { stdio: 'ignore' });
  return path.join(folder, 'node_modules');
}

async function launching(): Promise<void> {
  const workspace = await generated(million);
  await timed(cli, 'refresh', '--workspace', workspace, '--json');
  const launches = await inTurns(
    rounds,
    () => launchWindow(freshFolder(), workspace),
    () => launchEmptyWindow(freshFolder()),
  );
  ratio('launch to usable with 1M rows / an empty Electron window', launches, 2);
}

async function main(): Promise<void> {
  if (!existsSync(cli)) throw new Error('There is no build to measure: npm run build comes first.');
  const sections = process.argv.slice(2);
  const wanted = (section: string) => sections.length === 0 || sections.includes(section);
  try {
    if (wanted('generate')) await generation();
    if (wanted('window')) await generatingFromWindow();
    if (wanted('refresh')) await refreshing();
    if (sections.includes('generate-huge')) await generationHuge();
    if (sections.includes('refresh-huge')) await refreshingHuge();
    if (sections.includes('cluster')) await onCluster();
    if (wanted('launch')) await launching();
    if (wanted('pages')) await visiting();
    if (wanted('console')) await querying();
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

void main();
