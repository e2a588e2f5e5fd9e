import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { logLines } from './log-lines';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'log-lines-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** As the log files have it: this machine's clock. */
const at = (second: number) => `2025-03-04 10:00:${String(second).padStart(2, '0')}.000`;
const instant = (second: number) => new Date(2025, 2, 4, 10, 0, second).toISOString();

it('merges the lines of a span from all logs, also from a file that is full', async () => {
  await writeFile(path.join(folder, 'main.old.log'), `${at(1)} [info] before\n${at(5)} [info] Run a started\n`);
  await writeFile(
    path.join(folder, 'main.log'),
    `${at(8)} [error] Run a failed\n    because\n${at(20)} [info] later\n`,
  );
  await writeFile(path.join(folder, 'warehouse.log'), `${at(6)} [info] Process 7 started.\n`);
  const { lines, leftOut } = await logLines(folder, ['main', 'warehouse', 'generator'], {
    from: instant(5),
    to: instant(8),
  });
  expect(lines).toEqual([
    '10:00:05.000 main [info] Run a started',
    '10:00:06.000 warehouse [info] Process 7 started.',
    '10:00:08.000 main [error] Run a failed',
    '      because',
  ]);
  expect(leftOut).toBe(0);
});

it('says how many lines it leaves out', async () => {
  await writeFile(path.join(folder, 'main.log'), `${at(5)} [info] again\n`.repeat(600));
  const { lines, leftOut } = await logLines(folder, ['main'], { from: instant(5), to: instant(5) });
  expect([lines.length, leftOut]).toEqual([500, 100]);
});
