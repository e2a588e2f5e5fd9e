import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { recoverFiles } from '../engine/warehouse/recover-workspace';
import { checksums } from '../engine/testing/generation';
import { seededRandom } from '../engine/testing/seeded-random';
import { temporaryWorkspace } from '../engine/testing/temporary-workspace';
import { countTried } from '../engine/testing/tried';
import type { Workspace } from '../engine/workspace';
import { buildCommandLine, childrenOf, isRunning, run, start, type Started } from './testing/command-line';

/*
 * Kills real processes at random moments and checks that the next start finds all of a run or nothing of it. The
 * command line coordinates runs with the same code as the main process, which e2e/all-or-nothing.spec.ts kills. A kill
 * counts only if it hit its target: moments are drawn from the duration of a run on this machine, and those that came
 * too late are drawn again.
 */

beforeAll(buildCommandLine);

// Few by default, to keep `npm test` short; `npm run attack` sets more.
const kills = Number(process.env['KILLS'] ?? 8);
const random = seededRandom('kills of a run');
const rows = 4_000;
const days = 240;
const recipe = ['--rows', String(rows), '--start', '2024-01-01', '--end', '2024-08-27', '--workers', '2'];

/** A run that is going to be killed, at most `latestMs` after it has reached the phase to hit. */
interface Victim extends Started {
  readonly workspace: Workspace;
  readonly latestMs: number;
}

/** Kills a process of the run; the returned function tells, after the run has ended, whether the kill was in time. */
type Kill = (victim: Victim) => Promise<() => boolean>;

const pidOf = ({ child }: Victim) => child.pid ?? 0;
const wasKilled = ({ child }: Victim) => child.signalCode === 'SIGKILL';

const atAnyMoment: Kill = async (victim) => {
  await sleep(random.next() * victim.latestMs);
  victim.child.kill('SIGKILL');
  return () => wasKilled(victim);
};

/** The journal exists from the start of a commit to its end. */
function isCommitting({ stagingFolder }: Workspace): boolean {
  try {
    return readdirSync(stagingFolder).some((runId) => existsSync(path.join(stagingFolder, runId, 'journal.json')));
  } catch {
    // No staging folder, or no longer.
    return false;
  }
}

const inTheCommit: Kill = async (victim) => {
  while (!isCommitting(victim.workspace) && victim.child.exitCode === null) await sleep(0);
  const until = performance.now() + random.next() * victim.latestMs;
  while (performance.now() < until && isCommitting(victim.workspace)) await sleep(0);
  victim.child.kill('SIGKILL');
  return () => wasKilled(victim) && isCommitting(victim.workspace);
};

const ofAGenerator: Kill = async (victim) => {
  let generators: number[] = [];
  while (generators.length === 0 && victim.child.exitCode === null) generators = await childrenOf(pidOf(victim));
  await sleep(random.next() * victim.latestMs);
  const alive = await childrenOf(pidOf(victim));
  const target = alive[random.below(alive.length)];
  if (target !== undefined && isRunning(target)) process.kill(target, 'SIGKILL');
  const { stderr } = await victim.ended;
  return () => stderr.includes('A generator process stopped unexpectedly (signal SIGKILL)');
};

/** Files by content, and the rows of bronze. */
interface State {
  readonly files: Readonly<Record<string, string>>;
  readonly rows: number;
}

async function stateOf(workspace: Workspace): Promise<State> {
  const files = await checksums(workspace);
  if (Object.keys(files).length === 0) return { files, rows: 0 };
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(
    `SELECT count(*), count(properties) FROM read_parquet('${workspace.eventsFolder}/date=*/events-*.parquet')`,
  );
  instance.closeSync();
  return { files, rows: Number(reader.getRowsJson()[0]?.[0]) };
}

/** Starts a run, kills it, and recovers as the next start would, while parts of it may still be alive. */
async function killOnce(workspace: Workspace, args: readonly string[], latestMs: number, kill: Kill): Promise<boolean> {
  const started = start(['generate', ...recipe, ...args], workspace.folder);
  const exited = once(started.child, 'exit');
  const met = await kill({ ...started, workspace, latestMs });
  await exited;
  const landed = met();
  await recoverFiles(workspace);
  // Its generator processes hold its stderr, so they have ended now, too.
  await started.ended;
  return landed;
}

/** Whether the workspace is as before the run; fails if it is neither that nor exactly the result of the run. */
function isUntouched(now: State, before: State, mode: 'append' | 'replace'): boolean {
  if (JSON.stringify(now.files) === JSON.stringify(before.files)) return true;
  const kept = mode === 'append' ? before : { files: {}, rows: 0 };
  expect(now.rows).toBe(kept.rows + rows);
  expect(Object.keys(now.files)).toHaveLength(days);
  for (const [day, sums] of Object.entries(now.files)) {
    const old = kept.files[day] ?? '';
    expect(sums.startsWith(old)).toBe(true);
    expect(sums).toHaveLength(old.length + sha256Length);
  }
  return false;
}

const sha256Length = 64;

/** The state after each kind of kill: before its journal is written a run is undone, afterwards it is finished. */
const victims = {
  'the coordinator at any moment': {
    kill: atAnyMoment,
    latestMs: (runMs: number) => runMs,
    leaves: ['old', 'new'],
  },
  'the coordinator inside its commit': { kill: inTheCommit, latestMs: () => 40, leaves: ['new'] },
  'a generator': { kill: ofAGenerator, latestMs: (runMs: number) => 0.7 * runMs, leaves: ['old'] },
} as const;

describe.runIf(process.platform === 'linux')('a run', () => {
  it.each(Object.entries(victims))(
    'is there as a whole or not at all after %s was killed',
    { timeout: 400_000 },
    async (victimName, { kill, leaves, ...victim }) => {
      const workspace = await temporaryWorkspace();
      const began = performance.now();
      await run(['generate', ...recipe, '--seed', '0'], workspace.folder);
      let latestMs = victim.latestMs(performance.now() - began);
      let before = await stateOf(workspace);
      let landed = 0;
      onTestFinished(() => countTried(`kills of ${victimName}`, { tried: Math.min(landed + 1, kills), held: landed }));
      for (let attempt = 1; landed < kills; attempt += 1) {
        expect(attempt, `attempts for ${landed} kills`).toBeLessThan(5 * kills);
        // Appending and replacing runs alternate.
        const mode = attempt % 2 === 0 ? 'replace' : 'append';
        const hasLanded = await killOnce(workspace, ['--seed', String(attempt), '--mode', mode], latestMs, kill);
        const now = await stateOf(workspace);
        const left = isUntouched(now, before, mode) ? 'old' : 'new';
        if (hasLanded) expect(leaves).toContain(left);
        const rest = await readdir(path.join(workspace.folder, 'data'));
        expect(rest.filter((name) => name !== 'generate.lock').toSorted()).toEqual(['events', 'runs.jsonl']);
        before = now;
        if (hasLanded) landed += 1;
        // Too late: this machine is faster.
        else latestMs *= 0.8;
      }
    },
  );
});
