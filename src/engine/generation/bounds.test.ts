import { mkdir, readdir, realpath, symlink } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it, onTestFinished } from 'vitest';
import { compressions, eventNames, profiles, type EventName } from '../../contract/recipe';
import { parseRecipe } from '../../contract/recipe-line';
import type { GenerationProgress } from '../../contract/generation';
import { noMount, smallDisk } from '../testing/small-disk';
import { temporaryWorkspace } from '../testing/temporary-workspace';
import { workspaceAt } from '../workspace';
import type { Workspace } from '../workspace';
import { estimateRequest } from './plan/estimate';
import { checksums, filesBelow, generate, requestOf, type TestRun } from '../testing/generation';

describe('a run on a disk in trouble', () => {
  it('is refused where the disk has no room for it, and asks where it takes more than half', async ({ skip }) => {
    const workspace = await temporaryWorkspace();
    if (!(await smallDisk(workspace.folder, 'size=4m'))) return skip(noMount);
    await expect(generate(workspace, { rows: 1_000_000 })).rejects.toMatchObject({ code: 'DISK_FULL' });
    const half = { rows: 90_000, start: '2024-01-01', end: '2024-01-05' };
    await expect(generate(workspace, half)).rejects.toMatchObject({ code: 'NEEDS_CONFIRMATION' });
    expect(await generate(workspace, half, { confirmed: true })).toMatchObject({ status: 'succeeded' });
  });

  it('is refused where its bytes would fit, and the blocks of its many small files not', async ({ skip }) => {
    const workspace = await temporaryWorkspace();
    if (!(await smallDisk(workspace.folder, 'size=6m'))) return skip(noMount);
    const many = { rows: 3_000, start: '2020-01-01', end: '2022-12-31' };
    expect((await estimateRequest(workspace, requestOf(many))).bytes).toBeLessThan(6_000_000);
    await expect(generate(workspace, many)).rejects.toMatchObject({ code: 'DISK_FULL' });
  });

  it('leaves what was there when the disk runs full', async ({ skip }) => {
    const workspace = await temporaryWorkspace();
    if (!(await smallDisk(workspace.folder, 'size=64m,nr_inodes=1000'))) return skip(noMount);
    await generate(workspace, { rows: 1_000, start: '2024-01-01', end: '2024-01-05' });
    const before = await checksums(workspace);
    // The disk has space for its bytes, which the estimate knows, but not for so many files.
    const many = { rows: 30_000, start: '2020-01-01', end: '2025-12-31' };
    await expect(generate(workspace, many, { confirmed: true })).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(await checksums(workspace)).toEqual(before);
    expect(await filesBelow(workspace.stagingFolder)).toEqual([]);
  });

  it('says so when the folder may not be written to', async ({ skip }) => {
    const workspace = await temporaryWorkspace();
    if (!(await smallDisk(workspace.folder, 'ro,size=1m'))) return skip(noMount);
    await expect(generate(workspace)).rejects.toMatchObject({ code: 'WORKSPACE_READ_ONLY' });
  });

  it('says so when data/events leads to another disk', async ({ skip }) => {
    const [workspace, other] = [await temporaryWorkspace(), await temporaryWorkspace()];
    if (!(await smallDisk(other.folder, 'size=1m'))) return skip(noMount);
    await mkdir(path.dirname(workspace.eventsFolder));
    await symlink(other.folder, workspace.eventsFolder);
    const agreed = workspaceAt(workspace.folder, new Map([['data/events', await realpath(other.folder)]]));
    await expect(generate(agreed)).rejects.toThrow('is on another disk');
    expect(await readdir(other.folder)).toEqual([]);
  });
});

describe('a run of an unusual size', () => {
  it('spans twenty years', async () => {
    const workspace = await temporaryWorkspace();
    const years = { rows: 8_000, start: '2005-01-01', end: '2024-12-31', workers: 2 };
    expect(await generate(workspace, years)).toMatchObject({ rows: 8_000, files: 7_305 });
  });

  it('is of one user in one team, or of few', async () => {
    for (const [users, teams] of [
      [1, 1],
      [1, 1_000],
      [2, 50],
      [3, 2],
      [1_000_000, 3],
    ] as const) {
      const workspace = await temporaryWorkspace();
      await generate(workspace, { rows: 3_000, users, teams });
      const [most] = await ask(
        workspace,
        'SELECT max(n) FROM (SELECT count(DISTINCT team_id) AS n FROM events GROUP BY user_id)',
      );
      expect(most).toBe('1');
      const range = await ask(
        workspace,
        'SELECT min(user_id) >= 1, max(user_id), min(team_id) >= 1, max(team_id) FROM events',
      );
      expect([range[0], range[2]]).toEqual([true, true]);
      expect(Number(range[1])).toBeLessThanOrEqual(users);
      expect(Number(range[3])).toBeLessThanOrEqual(teams);
    }
  });

  it('is one large day: one file of several row groups, and progress while it is written', async () => {
    const workspace = await temporaryWorkspace();
    const seen: GenerationProgress[] = [];
    const day = { rows: 1_500_000, start: '2024-01-01', end: '2024-01-01', rowGroupRows: 61_440 };
    await generate(workspace, day, { onProgress: (progress) => seen.push(progress) });
    const [file = '', ...others] = await filesBelow(workspace.eventsFolder);
    expect(others).toEqual([]);
    const groups = await ask(
      workspace,
      `SELECT count(DISTINCT row_group_id) FROM parquet_metadata('${path.join(workspace.eventsFolder, file)}')`,
    );
    expect(Number(groups[0])).toBeGreaterThanOrEqual(12);
    expect(new Set(seen.map(({ rows }) => rows)).size).toBeGreaterThan(3);
  });
});

describe('the estimate', () => {
  it('comes within 15 % of the bytes on disk', async () => {
    const ranges = [
      { rows: 20_000, start: '2024-01-01', end: '2024-12-31' },
      { rows: 60_000, start: '2024-01-01', end: '2024-01-20' },
    ];
    for (const profile of profiles) {
      for (const compression of compressions) {
        for (const range of ranges) {
          const workspace = await temporaryWorkspace();
          const run = { profile, compression, ...range };
          const estimate = await estimateRequest(workspace, requestOf(run));
          const { bytes } = await generate(workspace, run);
          expect(Math.abs(estimate.bytes / bytes - 1), `${profile} ${compression} ${range.rows}`).toBeLessThan(0.15);
        }
      }
    }
  });
});

describe('the estimate of a mess', () => {
  it.each(profiles.flatMap((profile) => compressions.map((compression) => [profile, compression] as const)))(
    'comes within 15 percent too: %s, %s',
    async (profile, compression) => {
      const days = { rows: 40_000, start: '2024-01-01', end: '2024-02-09' };
      const recipes = [
        'empty-properties=0.4',
        'duplicates=0.4',
        'malformed-json=0.5 null-users=0.3',
        'empty-properties=0.3 duplicates=0.3 malformed-json=0.3 late-events=0.2 schema-drift=2024-01-15*0.8',
      ];
      for (const words of recipes) {
        const { mess } = parseRecipe(`mw1 ${profile} days=2024-01-01..2024-02-09 ${words}`);
        const workspace = await temporaryWorkspace();
        const run = { profile, compression, ...days, mess };
        const estimate = await estimateRequest(workspace, requestOf(run));
        const { bytes } = await generate(workspace, run);
        expect(Math.abs(estimate.bytes / bytes - 1), words).toBeLessThan(0.15);
      }
    },
  );
});

describe('the estimate of unusual events and ids', () => {
  const nothingBut = (name: EventName, weight: number) =>
    Object.fromEntries(eventNames.map((other) => [other, other === name ? weight : 0]));
  const thirtyDays = { rows: 60_000, start: '2024-03-01', end: '2024-03-30' };
  it.each<[string, TestRun]>([
    ['thrice as many purchases', { weights: { purchase: 3 } }],
    ['no page views', { weights: { page_view: 0 } }],
    ['twice as long sessions', { weights: Object.fromEntries(eventNames.map((name) => [name, 2])) }],
    ['nothing but purchases', { weights: nothingBut('purchase', 1) }],
    ['nothing but sign-ins', { weights: nothingBut('sign_in', 1) }],
    ['nothing but page views', { weights: nothingBut('page_view', 1) }],
    ['sessions that sign in ten times', { weights: { sign_in: 10, page_view: 3, form_submit: 5 } }],
    [
      'sessions that say the same over and over',
      { weights: { sign_in: 8, add_to_cart: 10, video_play: 10, search: 0 } },
    ],
    ['one user', { users: 1, teams: 1 }],
    ['few users', { users: 10, teams: 2 }],
    ['one user, uniform', { profile: 'uniform', users: 1, teams: 1 }],
    ['few users, uniform', { profile: 'uniform', users: 100, teams: 5 }],
    ['millions of users, uniform', { profile: 'uniform', users: 50_000_000, teams: 1_000_000 }],
    ['small row groups', { rowGroupRows: 2_048 }],
  ])('comes within 15 %: %s', async (words, recipe) => {
    for (const compression of compressions) {
      const workspace = await temporaryWorkspace();
      const run = { compression, ...thirtyDays, ...recipe };
      const estimate = await estimateRequest(workspace, requestOf(run));
      const { bytes } = await generate(workspace, run);
      expect(Math.abs(estimate.bytes / bytes - 1), `${words} ${compression}`).toBeLessThan(0.15);
    }
  });
});

async function ask(workspace: Workspace, sql: string): Promise<readonly unknown[]> {
  const instance = await DuckDBInstance.create(':memory:');
  onTestFinished(() => instance.closeSync());
  const connection = await instance.connect();
  await connection.run(`CREATE VIEW events AS FROM read_parquet('${workspace.eventsFolder}/date=*/events-*.parquet')`);
  return (await connection.runAndReadAll(sql)).getRowsJson()[0] ?? [];
} // prettier-ignore
