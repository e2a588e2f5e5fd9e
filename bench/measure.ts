import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface Measurement {
  readonly ms: number;
  /** Largest resident set of a single process of the tree, in MB; null if /proc doesn't exist. */
  readonly peakMb: number | null;
}

const samplingMs = 50;

/** Runs a program to its end and measures it from before its start. Rejects if it fails. */
export function measureProcess(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Measurement> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } });
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    let peakMb: number | null = null;
    const timer = setInterval(() => (peakMb = max(peakMb, child.pid ? treePeakMb(child.pid) : null)), samplingMs);
    child.once('error', reject);
    child.once('close', (code) => {
      clearInterval(timer);
      const ms = performance.now() - started;
      if (code === 0) resolve({ ms, peakMb });
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}: ${said.slice(-2000)}`));
    });
  });
}

/** The largest memory high-water mark among a process and its current descendants. */
function treePeakMb(root: number): number | null {
  const parents = new Map<number, number>();
  const peaks = new Map<number, number>();
  for (const pid of processIds()) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      parents.set(pid, Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]));
      peaks.set(pid, Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024);
    } catch {
      // It ended between listing and reading.
    }
  }
  const belongs = (pid: number): boolean => pid === root || (parents.has(pid) && belongs(parents.get(pid) ?? 0));
  return [...peaks].reduce<number | null>((peak, [pid, mb]) => (belongs(pid) ? max(peak, mb) : peak), null);
}

function processIds(): number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0);
  } catch {
    return [];
  }
}

function max(a: number | null, b: number | null): number | null {
  return a === null || (b !== null && b > a) ? b : a;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/**
 * Runs two things in turns and compares their medians: machines are shared and noisy, so only adjacent runs are
 * comparable.
 */
export async function inTurns(
  rounds: number,
  a: () => Promise<number>,
  b: () => Promise<number>,
): Promise<[number, number]> {
  const as: number[] = [];
  const bs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    as.push(await a());
    bs.push(await b());
  }
  return [median(as), median(bs)];
}
