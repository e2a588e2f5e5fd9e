import { chmod, mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { runFolders } from '../events/paths';
import { ownedName } from '../fs/owned-name';
import * as processIdentity from '../fs/process-identity';
import { WorkspaceFiles } from '../fs/workspace-files';
import { asNobody } from '../testing/as-nobody';
import { filesBelow, generate } from '../testing/generation';
import { temporaryWorkspace } from '../testing/temporary-workspace';
import { recoverFiles, recoverWhenOpened } from '../warehouse/recover-workspace';
import type { Workspace } from '../workspace';
import { sweepStagedExports } from '../results/export-file';
import { mostReplaced } from './journal';
import { emptyTrash } from './trash';

/* Leftovers of killed programs, in sizes that no program of ours leaves. */

const runId = '20260101T000000000-abc123';

/** Nests folders deeper than a path can be, by putting the existing one into a new folder each time. */
async function nest(top: string, levels: number, name: (level: number) => string): Promise<void> {
  const [inner, outer] = [`${top}.inner`, `${top}.outer`];
  await mkdir(inner, { recursive: true });
  await writeFile(path.join(inner, 'file'), '');
  for (let level = 0; level < levels; level += 1) {
    await mkdir(outer);
    await rename(inner, path.join(outer, name(level)));
    await rename(outer, inner);
  }
  await rename(inner, top);
}

const places: Record<string, (workspace: Workspace) => string> = {
  'as the journal of a run': (workspace) => runFolders(workspace, runId).journal,
  'in a run': (workspace) => path.join(runFolders(workspace, runId).root, 'x'),
  'in a discarded run': ({ stagingFolder }) => path.join(stagingFolder, `${runId}.discarded`, 'x'),
  'in a half-done deletion': ({ trashFolder }) => path.join(trashFolder, runId, 'moving'),
  'in a discarded deletion': ({ trashFolder }) => path.join(trashFolder, `${runId}.discarded`, 'x'),
};

test.each(Object.entries(places))('folders nested deeper than a path can be, %s, are removed', async (_, placeIn) => {
  const workspace = await temporaryWorkspace();
  await mkdir(path.dirname(placeIn(workspace)), { recursive: true });
  await nest(placeIn(workspace), 40, () => 'd'.repeat(250));
  await recoverFiles(workspace);
  expect(await filesBelow(workspace.folder)).toEqual([]);
  await generate(workspace, {});
});

test('a link in a deep tree is removed, not what it leads to', async () => {
  const workspace = await temporaryWorkspace();
  const outside = await temporaryWorkspace();
  await writeFile(path.join(outside.folder, 'note.txt'), 'mine');
  const deep = path.join(workspace.folder, 'data', 'deep');
  await mkdir(deep, { recursive: true });
  await nest(path.join(deep, 'a'), 3_000, () => 'd');
  await symlink(outside.folder, path.join(deep, 'a', 'way-out'));
  await new WorkspaceFiles(workspace).removeTree(deep);
  expect(await filesBelow(workspace.folder)).toEqual([]);
  expect(await filesBelow(outside.folder)).toEqual(['note.txt']);
});

test.each(['.staging', '.trash'])(
  'a folder in %s that cannot be removed is named, and prevents no job',
  async (place) => {
    const workspace = await temporaryWorkspace();
    const stuck = path.join(workspace.folder, 'data', place, runId);
    await mkdir(stuck, { recursive: true });
    await writeFile(path.join(stuck, 'moving'), '');
    const refusing = vi.spyOn(WorkspaceFiles.prototype, 'removeTree').mockImplementation(async (folder) => {
      if (!folder.endsWith('.discarded')) return rm(folder, { recursive: true, force: true });
      throw Object.assign(new Error("EACCES: permission denied, rmdir 'x'"), { code: 'EACCES' });
    });
    const told: string[] = [];
    await recoverFiles(workspace, ({ message }) => told.push(message));
    expect(told).toEqual([expect.stringContaining(`data/${place}/${runId}.discarded`)]);
    await generate(workspace, {});
    refusing.mockRestore();
    await recoverFiles(workspace);
    expect(await readdir(path.join(workspace.folder, 'data', place)).catch(() => [])).toEqual([]);
  },
);

test('one start undoes a limited number of half-done deletions, and the rest is neither lost nor made final', async () => {
  const workspace = await temporaryWorkspace();
  const id = (index: number) => `20260101T000000000-${String(index).padStart(6, '0')}`;
  for (let index = 0; index < 250; index += 1) {
    const root = path.join(workspace.trashFolder, id(index));
    await mkdir(path.join(root, 'events', 'date=2025-01-01'), { recursive: true });
    await writeFile(path.join(root, 'events', 'date=2025-01-01', `events-x-${index}-0.parquet`), '');
    await writeFile(path.join(root, 'moving'), '');
  }
  const left: number[] = [];
  const told: string[] = [];
  for (let start = 0; start < 3; start += 1) {
    await recoverWhenOpened(workspace, ({ message }) => told.push(message));
    await emptyTrash(workspace);
    left.push((await readdir(workspace.trashFolder).catch(() => [])).length);
  }
  expect(left).toEqual([150, 50, 0]);
  expect(told).toHaveLength(2);
  expect(await filesBelow(workspace.eventsFolder)).toHaveLength(250);
});

const dayOf = (index: number) => new Date(Date.UTC(1900, 0, 1 + index)).toISOString().slice(0, 10);
const journalOf = (files: number) =>
  JSON.stringify({
    version: 1,
    replaced: Array.from({ length: files }, (_, index) => `date=${dayOf(index)}/events-x-0-0.parquet`),
    entry: null,
  });

test('a journal with more files than a run replaces is not followed, and the run is undone', async () => {
  const workspace = await temporaryWorkspace();
  const { root, journal } = runFolders(workspace, runId);
  await mkdir(root, { recursive: true });
  await writeFile(journal, journalOf(mostReplaced + 1));
  const told: string[] = [];
  await recoverFiles(workspace, ({ message }) => told.push(message));
  expect(told).toEqual([expect.stringContaining(`The journal of the run ${runId} couldn't be read`)]);
  expect(await filesBelow(workspace.folder)).toEqual([]);
});

test('a journal makes no work for days that do not exist', async () => {
  const workspace = await temporaryWorkspace();
  const { root, journal } = runFolders(workspace, runId);
  await mkdir(root, { recursive: true });
  await mkdir(path.join(workspace.eventsFolder, `date=${dayOf(7)}`), { recursive: true });
  await writeFile(journal, journalOf(20_000));
  const removals = vi.spyOn(WorkspaceFiles.prototype, 'removeEmptyFolder');
  await recoverFiles(workspace);
  expect(removals.mock.calls.filter(([folder]) => folder.startsWith(workspace.eventsFolder))).toHaveLength(1);
  removals.mockRestore();
  expect(await readdir(workspace.eventsFolder)).toEqual([]);
});

test('one start removes a limited number of unfinished exports, and one that fails does not affect the others', async () => {
  const workspace = await temporaryWorkspace();
  await mkdir(workspace.exportsFolder);
  for (let index = 0; index < 2_500; index += 1) {
    const name = `.export-${String(index).padStart(36, '0')}`;
    await writeFile(path.join(workspace.exportsFolder, name), '');
  }
  const removals = vi.spyOn(WorkspaceFiles.prototype, 'removeTree').mockRejectedValueOnce(new Error('stuck'));
  const left: number[] = [];
  for (let start = 0; start < 3; start += 1) {
    await sweepStagedExports(workspace);
    left.push((await readdir(workspace.exportsFolder)).length);
  }
  removals.mockRestore();
  expect(left).toEqual([1_501, 501, 0]);
});

test('leftovers that name a running process cost no more than one look at it, and hide no others', async () => {
  const workspace = await temporaryWorkspace();
  await mkdir(workspace.exportsFolder);
  const running = (await ownedName('.export')).replace(/[0-9a-f]{12}$/, '');
  // A process with the same pid that started at another time.
  const ended = running.replace(/\.[0-9a-f]{8}\.$/, '.0123abcd.');
  const put = async (name: string) => writeFile(path.join(workspace.exportsFolder, name), '');
  for (let index = 0; index < 5_000; index += 1) await put(running + String(index).padStart(12, '0'));
  for (let index = 0; index < 50; index += 1) await put(ended + String(index).padStart(12, '0'));
  const looks = vi.spyOn(processIdentity, 'identityOf');
  await sweepStagedExports(workspace);
  expect(looks.mock.calls.length).toBeLessThanOrEqual(1);
  looks.mockRestore();
  const left = await readdir(workspace.exportsFolder);
  expect(left.filter((name) => name.startsWith(running))).toHaveLength(5_000);
  expect(left).toHaveLength(5_000);
});

test.runIf(process.platform === 'linux')('names that are not text go with folders without permissions', async () => {
  const workspace = await temporaryWorkspace();
  for (const root of [runFolders(workspace, runId).root, path.join(workspace.trashFolder, `${runId}.discarded`)]) {
    await mkdir(path.join(root, 'events', 'x'), { recursive: true });
    await writeFile(Buffer.from(`${root}/events/x/\xff`, 'latin1'), '');
    await mkdir(Buffer.from(`${root}/\xfe\xc3(`, 'latin1'));
    await chmod(path.join(root, 'events', 'x'), 0o555);
  }
  const told: string[] = [];
  await asNobody(workspace.folder, () => recoverFiles(workspace, ({ message }) => told.push(message)));
  expect(told).toEqual([]);
  expect(await readdir(path.join(workspace.folder, 'data', '.trash'))).toEqual([]);
  await expect(readdir(workspace.stagingFolder)).rejects.toThrow('ENOENT');
});
