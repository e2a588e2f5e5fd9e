import { mkdirSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { measureProcess } from './measure';

export const million = 1_000_000;
export const cli = path.resolve('out/main/cli.js');
export const bench = (name: string) => path.resolve('out/bench', `${name}.js`);

/** A comparison: `ours` over `theirs` (or a size) against its bound. */
interface Line {
  readonly what: string;
  readonly measured: string;
  readonly value: number;
  readonly least?: number;
  readonly most?: number;
}

export const root = mkdtempSync(path.join(process.env.BENCH_FOLDER ?? os.tmpdir(), 'micro-warehouse-bench-'));
let folders = 0;

/** A new folder each time: removing and rewriting thousands of files makes file systems slower with each run. */
export function freshFolder(): string {
  const folder = path.join(root, String((folders += 1)));
  mkdirSync(folder, { recursive: true });
  return folder;
}

export function add(line: Line): void {
  const bound = line.most === undefined ? `>= ${line.least}` : `<= ${line.most}`;
  const met =
    (line.most === undefined || line.value <= line.most) && (line.least === undefined || line.value >= line.least);
  console.log(`${met ? 'ok  ' : 'MISS'}  ${line.what}: ${line.measured}  (must be ${bound})`);
}

/** A figure without a bound. */
export function note(text: string): void {
  console.log(`      ${text}`);
}

export function ratio(what: string, [ours, theirs]: [number, number], most: number): void {
  const value = ours / theirs;
  add({ what, measured: `${value.toFixed(2)} x  (${Math.round(ours)} ms / ${Math.round(theirs)} ms)`, value, most });
}

export async function timed(script: string, ...args: string[]): Promise<number> {
  return (await measureProcess(process.execPath, [script, ...args], { UV_THREADPOOL_SIZE: '8' })).ms;
}
