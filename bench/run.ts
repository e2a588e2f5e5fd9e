import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { inTurns, measureProcess } from './measure';
import { generateFromWindow, launchEmptyWindow, launchWindow } from './window';

const rounds = 5;
const million = 1_000_000;
const cli = path.resolve('out/main/cli.js');
const bench = (name: string) => path.resolve('out/bench', `${name}.js`);

/** A comparison: `ours` over `theirs` (or a size) against what it must reach. */
interface Line {
  readonly what: string;
  readonly measured: string;
  readonly value: number;
  readonly least?: number;
  readonly most?: number;
}

const lines: Line[] = [];
const root = mkdtempSync(path.join(process.env.BENCH_FOLDER ?? os.tmpdir(), 'micro-warehouse-bench-'));
let folders = 0;

/** A new folder each time: removing and rewriting thousands of files makes file systems slower from run to run. */
function freshFolder(): string {
  const folder = path.join(root, String((folders += 1)));
  mkdirSync(folder, { recursive: true });
  return folder;
}

function add(line: Line): void {
  lines.push(line);
  const bound = line.most === undefined ? `>= ${line.least}` : `<= ${line.most}`;
  const met =
    (line.most === undefined || line.value <= line.most) && (line.least === undefined || line.value >= line.least);
  console.log(`${met ? 'ok  ' : 'MISS'}  ${line.what}: ${line.measured}  (must be ${bound})`);
}

function ratio(what: string, [ours, theirs]: [number, number], most: number): void {
  const value = ours / theirs;
  add({ what, measured: `${value.toFixed(2)} x  (${Math.round(ours)} ms / ${Math.round(theirs)} ms)`, value, most });
}

async function timed(script: string, ...args: string[]): Promise<number> {
  return (await measureProcess(process.execPath, [script, ...args], { UV_THREADPOOL_SIZE: '8' })).ms;
}

const generateRaw = (rows: number) => timed(bench('raw-generate'), freshFolder(), String(rows));
const generate = (rows: number, ...options: string[]) =>
  timed(cli, 'generate', '--rows', String(rows), '--workspace', freshFolder(), '--json', ...options);

async function generation(): Promise<void> {
  ratio(
    'generate 1M rows, command line / raw DuckDB',
    await inTurns(
      rounds,
      () => generate(million),
      () => generateRaw(million),
    ),
    1.35,
  );
  const modules = installPolars();
  const polars = () => timed(bench('polars-generate'), modules, freshFolder(), String(million));
  const [slow, ours] = await inTurns(2, polars, () => generate(million));
  add({
    what: 'generate 1M rows, nodejs-polars row by row / command line',
    measured: `${(slow / ours).toFixed(2)} x  (${Math.round(slow)} ms / ${Math.round(ours)} ms)`,
    value: slow / ours,
    least: 5,
  });
  const window = () => generateFromWindow(freshFolder(), freshFolder(), million);
  ratio(
    'generate 1M rows, click to done in the window / raw DuckDB',
    await inTurns(3, window, () => generateRaw(million)),
    1.6,
  );
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

/** Installed here and not by the project: nothing but this comparison needs it. */
function installPolars(): string {
  const folder = freshFolder();
  const packages = ['nodejs-polars@0.26.1', `nodejs-polars-${process.platform}-${process.arch}-gnu@0.26.1`];
  execFileSync('npm', ['install', '--prefix', folder, '--no-save', '--force', ...packages], { stdio: 'ignore' });
  return path.join(folder, 'node_modules');
}

async function refreshing(): Promise<void> {
  const source = freshFolder();
  await timed(cli, 'generate', '--rows', String(million), '--workspace', source, '--json');
  const copy = () => {
    const folder = freshFolder();
    cpSync(source, folder, { recursive: true });
    return folder;
  };
  const raw = () => timed(bench('raw-refresh'), copy());
  const ours = () => timed(cli, 'refresh', '--workspace', copy(), '--json');
  ratio('refresh 1M rows, command line / raw DuckDB', await inTurns(rounds, ours, raw), 1.5);
  await launching(source);
}

async function launching(workspace: string): Promise<void> {
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
    if (wanted('refresh')) await refreshing();
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

void main();
