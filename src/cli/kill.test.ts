import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { recoverRuns } from '../engine/generation/commit';
import { filesBelow } from '../engine/generation/testing';
import { temporaryWorkspace } from '../engine/testing/temporary-workspace';
import type { Workspace } from '../engine/workspace';
import { buildCommandLine, childrenOf, run, start } from './testing';

/*
 * Kills real processes at random moments and looks at what the next start makes of it: all of the run or nothing. The
 * command line coordinates a run with the same code as the window's main process.
 */

beforeAll(buildCommandLine);

const rows = 4_000;
const days = 120;
const recipe = ['--rows', String(rows), '--start', '2024-01-01', '--end', '2024-04-29', '--workers', '2'];

interface State {
  readonly files: readonly string[];
  readonly rows: number;
}

/** What there is, read as bronze reads it. */
async function stateOf(workspace: Workspace): Promise<State> {
  const files = await filesBelow(workspace.eventsFolder);
  if (files.length === 0) return { files, rows: 0 };
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(
    `SELECT count(*), count(properties) FROM read_parquet('${workspace.eventsFolder}/date=*/events-*.parquet')`,
  );
  instance.closeSync();
  return { files, rows: Number(reader.getRowsJson()[0]?.[0]) };
}

const victims = {
  'the coordinator at any moment': { kills: 30, phase: 'Starting', longestMs: 1_000, generator: false },
  'the coordinator in its commit': { kills: 20, phase: 'Moving into place', longestMs: 60, generator: false },
  'a generator': { kills: 14, phase: 'Starting', longestMs: 500, generator: true },
} as const;

describe.runIf(process.platform === 'linux')('a run', () => {
  it.each(Object.entries(victims))(
    'is there as a whole or not at all after %s was killed',
    { timeout: 240_000 },
    async (_, { kills, phase, longestMs, generator }) => {
      const workspace = await temporaryWorkspace();
      await run(['generate', ...recipe, '--seed', '1'], workspace.folder);
      let before = await stateOf(workspace);
      const outcomes = { before: 0, after: 0 };
      for (let kill = 0; kill < kills; kill += 1) {
        const replace = kill % 2 === 0 || before.rows > 3 * rows;
        const mode = replace ? 'replace' : 'append';
        const { child, ended, said } = start(['generate', ...recipe, '--seed', String(kill), '--mode', mode], workspace.folder);
        if (phase !== 'Starting') await said(phase).catch(() => undefined);
        await sleep(Math.random() * longestMs);
        const pid = child.pid ?? 0;
        const [target] = generator ? await childrenOf(pid) : [pid];
        // It may be over by now: then the run is to be there.
        if (target && child.exitCode === null) process.kill(target, 'SIGKILL');
        await ended;
        await recoverRuns(workspace);

        const now = await stateOf(workspace);
        const isBefore = now.files.join() === before.files.join();
        outcomes[isBefore ? 'before' : 'after'] += 1;
        if (!isBefore) {
          const kept = now.files.filter((file) => before.files.includes(file));
          expect(kept).toHaveLength(replace ? 0 : before.files.length);
          expect(now.files.length - kept.length).toBe(days);
        }
        expect(now.rows).toBe(isBefore ? before.rows : (replace ? 0 : before.rows) + rows);
        const rest = await readdir(path.join(workspace.folder, 'data'));
        expect(rest.filter((name) => !['generate.lock', 'runs.jsonl'].includes(name))).toEqual(['events']);
        before = now;
      }
      if (phase === 'Moving into place') expect(outcomes.after).toBeGreaterThan(0);
      expect(outcomes.before + outcomes.after).toBe(kills);
    },
  );
}); // prettier-ignore
