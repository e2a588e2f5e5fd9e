import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { build } from 'vite';

/*
 * The command line as it ships, in separate processes: exit codes, signals and pipes can't be tested from within. Tests
 * run before the project is built, so they make a minimal build of their own.
 */

/**
 * Below `node_modules`, so that DuckDB is found. Test files run in parallel, and one must not empty a folder from which
 * processes of another are loaded, so each vitest worker has its own.
 */
const worker = process.env['VITEST_POOL_ID'] ?? '0';
const root = path.resolve('node_modules/.cache/micro-warehouse/cli-test', worker);
const entry = path.join(root, 'out', 'main', 'cli.js');

export async function buildCommandLine(): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      outDir: path.dirname(entry),
      emptyOutDir: true,
      rolldownOptions: {
        input: {
          cli: 'src/cli/index.ts',
          'cli-commands': 'src/cli/commands.ts',
          'cli-generator': 'src/cli/generator-process.ts',
        },
        external: [/^@duckdb\//, /^@aws-sdk\//, /^node:/, ...builtinModules],
        output: { format: 'cjs', entryFileNames: '[name].js' },
      },
    },
    ssr: { noExternal: true },
  });
  rmSync(path.join(root, 'resources'), { force: true });
  symlinkSync(path.resolve('resources'), path.join(root, 'resources'), 'junction');
}

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Outcome>;
  /** Resolves once stderr contains the text. */
  readonly said: (text: string) => Promise<void>;
}

export function start(args: readonly string[], folder: string): Started {
  return watch(spawn(process.execPath, [entry, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }));
}

function watch(child: ChildProcessByStdio<Writable | null, Readable, Readable>): Started {
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  const ended = new Promise<Outcome>((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
  const said = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => stderr.includes(text) && resolve();
      child.stderr.on('data', look);
      child.once('close', () => reject(new Error(`Never said "${text}": ${stderr}`)));
      look();
    });
  return { child, ended, said };
}

export function run(args: readonly string[], folder: string): Promise<Outcome> {
  return start(args, folder).ended;
}

/** Linux: the same, started by another command such as `prlimit` or `setpriv`, with its options. */
export function runBy(
  [command = '', ...options]: readonly string[],
  args: readonly string[],
  folder: string,
): Promise<Outcome> {
  const started = [...options, process.execPath, entry, ...args];
  return watch(spawn(command, started, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })).ended;
}

/** Linux: the same on a terminal, which merges both outputs. @param typed text that is typed there */
export function runOnTerminal(args: readonly string[], folder: string, typed = ''): Promise<Outcome> {
  const command = [process.execPath, entry, ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], { cwd: folder });
  child.stdin.write(typed);
  return watch(child).ended;
}

/** Pids of a process's children. */
export async function childrenOf(pid: number): Promise<number[]> {
  const children: number[] = [];
  for (const name of await readdir('/proc')) {
    const status = /^\d+$/.test(name) ? await readFile(`/proc/${name}/status`, 'utf8').catch(() => '') : '';
    if (Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) === pid) children.push(Number(name));
  }
  return children;
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
