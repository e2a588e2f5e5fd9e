import { beforeAll, describe, expect, it } from 'vitest';
import { filesBelow } from '../engine/testing/generation';
import { noMount, smallDisk } from '../engine/testing/small-disk';
import { temporaryWorkspace } from '../engine/testing/temporary-workspace';
import { buildCommandLine, runOnTerminal } from './testing/command-line';

beforeAll(buildCommandLine);

const overHalf = ['generate', '--rows', '90000', '--start', '2024-01-01', '--end', '2024-01-05'];

describe('a run that takes more than half of what is free, at a terminal', () => {
  it('is carried out when the answer is yes', async ({ skip }) => {
    const { folder } = await temporaryWorkspace();
    if (!(await smallDisk(folder, 'size=4m'))) return skip(noMount);
    const { code, stdout } = await runOnTerminal(overHalf, folder, 'y\n');
    expect(stdout).toMatch(/needs more than half of your free disk space: [^\n]+ Continue\? \[y\/N\]/);
    expect(stdout).toContain('Generated 90,000 rows in 5 files');
    expect(code).toBe(0);
  });

  it('is cancelled when the answer is no, with nothing about an option that nobody asked for', async ({ skip }) => {
    const { folder } = await temporaryWorkspace();
    if (!(await smallDisk(folder, 'size=4m'))) return skip(noMount);
    const { code, stdout } = await runOnTerminal(overHalf, folder, 'n\n');
    expect(stdout).toContain('The run was cancelled.');
    expect(stdout).not.toContain('--yes');
    expect(code).toBe(130);
    expect(await filesBelow(folder)).toEqual([]);
  });
});
