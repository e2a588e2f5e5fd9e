import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noMount, smallDisk } from '../../engine/testing/small-disk';
import { temporaryWorkspace } from '../../engine/testing/temporary-workspace';
import { SettingsFile, withRecent } from './settings-file';
import { UserFiles } from './user-files';

let folder = '';
beforeEach(async () => (folder = await mkdtemp(path.join(os.tmpdir(), 'micro-warehouse-settings-'))));
afterEach(() => rm(folder, { recursive: true }));

describe('SettingsFile', () => {
  it('keeps what was changed and leaves the rest', async () => {
    await new SettingsFile(new UserFiles(folder, () => undefined)).update(() => ({ theme: 'dark', threads: 3 }));
    await new SettingsFile(new UserFiles(folder, () => undefined)).update(() => ({ workspace: '/data' }));
    expect(await new SettingsFile(new UserFiles(folder, () => undefined)).read()).toMatchObject({
      theme: 'dark',
      threads: 3,
      workspace: '/data',
    });
  });

  it('loses no change to another made at the same time', async () => {
    const file = new SettingsFile(new UserFiles(folder, () => undefined));
    await Promise.all([file.update(() => ({ memoryMb: 512 })), file.update(() => ({ idleReleaseMinutes: 9 }))]);
    expect(await file.read()).toMatchObject({ memoryMb: 512, idleReleaseMinutes: 9 });
  });

  it('says so where the disk is full, and keeps what was saved before', async ({ skip }) => {
    const { folder: disk } = await temporaryWorkspace();
    if (!(await smallDisk(disk, 'size=64k'))) return skip(noMount);
    const file = new SettingsFile(new UserFiles(disk, () => undefined));
    await file.update(() => ({ theme: 'dark' }));
    await writeFile(path.join(disk, 'filler'), Buffer.alloc(64 * 1024)).catch(() => undefined);
    await expect(file.update(() => ({ theme: 'light' }))).rejects.toMatchObject({
      code: 'DISK_FULL',
      message: `The disk that holds ${disk} is full.`,
      details: { action: 'Free some space on it, then try again. What was saved before is unchanged.' },
    });
    expect(await file.read()).toMatchObject({ theme: 'dark' });
    expect(await readdir(disk)).toEqual(['filler', 'settings.json']);
    await rm(path.join(disk, 'filler'));
    expect(await file.update(() => ({ theme: 'light' }))).toMatchObject({ theme: 'light' });
  });

  it('takes the default for a value that is wrong, and the others as they are', async () => {
    await writeFile(path.join(folder, 'settings.json'), JSON.stringify({ theme: 'pink', threads: 0, memoryMb: 700 }));
    expect(await new SettingsFile(new UserFiles(folder, () => undefined)).read()).toMatchObject({
      theme: 'system',
      threads: null,
      memoryMb: 700,
    });
  });

  it('starts with defaults where the file is damaged', async () => {
    await writeFile(path.join(folder, 'settings.json'), '{"theme": "da');
    expect(await new SettingsFile(new UserFiles(folder, () => undefined)).read()).toMatchObject({
      theme: 'system',
      workspace: null,
      recent: [],
    });
  });
});

describe('withRecent', () => {
  it('puts the folder first, once', () => {
    expect(withRecent(['/a', '/b'], '/b')).toEqual(['/b', '/a']);
  });

  it('keeps eight', () => {
    expect(withRecent(['/1', '/2', '/3', '/4', '/5', '/6', '/7', '/8'], '/9')).toHaveLength(8);
  });
});
