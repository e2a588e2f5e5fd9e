import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { longestMs, titleOf, type Verdict } from './attempt';

const verdictSchema = z.object({
  number: z.number(),
  title: z.string(),
  ms: z.number(),
  outcome: z.string(),
  broken: z.string().nullable(),
});

/** Time for copying the template, snapshots of the neighbours and cleaning up. */
const patienceMs = longestMs + 15_000;
/** Time for building the template on a busy machine. */
const startMs = 120_000;

interface Attack {
  readonly program: string;
  readonly seed: number;
  readonly numbers: readonly number[];
  /** Number of processes that share the numbers. */
  readonly processes: number;
  readonly onVerdict: (verdict: Verdict) => void;
}

/** Runs attempts in separate processes. A hang or a crash counts as broken, and the others continue. */
export async function drive({ program, seed, numbers, processes, onVerdict }: Attack): Promise<void> {
  const parent = await mkdtemp(path.join(os.tmpdir(), 'attack-'));
  const queue = [...numbers];
  const work = async () => {
    let child: ChildProcess | null = null;
    try {
      for (let number = queue.shift(); number !== undefined; number = queue.shift()) {
        child ??= await started(program, [parent, String(seed)]);
        const verdict = await answerOf(child, seed, number);
        if (verdict.outcome === 'hung' || verdict.outcome === 'crashed') {
          child.kill('SIGKILL');
          child = null;
        }
        onVerdict(verdict);
      }
    } finally {
      child?.kill('SIGKILL');
    }
  };
  try {
    await Promise.all(Array.from({ length: processes }, work));
  } finally {
    await rm(parent, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function started(program: string, args: readonly string[]): Promise<ChildProcess> {
  const child = fork(program, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const said = await nextOf(child, startMs);
  if (said.kind === 'message') return child;
  child.kill('SIGKILL');
  throw new Error(`The process of the attacks did not start: ${said.kind}.`);
}

async function answerOf(child: ChildProcess, seed: number, number: number): Promise<Verdict> {
  const began = performance.now();
  const next = nextOf(child, patienceMs);
  child.send(number);
  const said = await next;
  if (said.kind === 'message') return verdictSchema.parse(said.message);
  const ms = Math.round(performance.now() - began);
  const broken =
    said.kind === 'hung'
      ? 'It did not come to an end.'
      : `The process crashed: ${said.kind === 'crashed' ? said.how : ''}.`;
  return { number, title: titleOf(seed, number), ms, outcome: said.kind, broken };
}

type Said = { kind: 'message'; message: unknown } | { kind: 'hung' } | { kind: 'crashed'; how: string };

function nextOf(child: ChildProcess, waitMs: number): Promise<Said> {
  return new Promise((resolve) => {
    const end = (said: Said) => {
      clearTimeout(timer);
      child.off('message', onMessage);
      child.off('exit', onExit);
      resolve(said);
    };
    const onMessage = (message: unknown) => end({ kind: 'message', message });
    const onExit = (code: number | null, signal: string | null) =>
      end({ kind: 'crashed', how: signal ?? `exit code ${code}` });
    const timer = setTimeout(() => end({ kind: 'hung' }), waitMs);
    child.on('message', onMessage);
    child.on('exit', onExit);
  });
}
