import { execFileSync } from 'node:child_process';
import { link, mkdir, mkdtemp, readFile, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WorkspaceFiles } from './workspace-files';

let home: string;
let folder: string;
let outside: string;
const inside = (...parts: string[]) => path.join(folder, ...parts);
const files = (agreed: Record<string, string> = {}) =>
  new WorkspaceFiles({ folder, agreedLinks: new Map(Object.entries(agreed)) });
const linkRefused = { code: 'LINK_NOT_ALLOWED' };

beforeEach(async () => {
  home = await realpath(await mkdtemp(path.join(os.tmpdir(), 'workspace-files-')));
  folder = path.join(home, 'workspace');
  outside = path.join(home, 'outside');
  await mkdir(folder);
  await mkdir(outside);
  await writeFile(path.join(outside, 'note.txt'), 'mine');
});

afterEach(async () => rm(home, { recursive: true }));

test('folders, files, moves and removals work inside the workspace', async () => {
  const own = files();
  await own.makeFolder(inside('data', 'events', 'date=2025-01-01'));
  await own.create(inside('data', 'a'), 'one');
  await own.replace(inside('data', 'a'), 'two');
  expect(await own.move(inside('data', 'a'), inside('data', 'events', 'b'))).toBe(true);
  expect(await own.move(inside('data', 'a'), inside('data', 'events', 'b'))).toBe(false);
  expect(await readFile(inside('data', 'events', 'b'), 'utf8')).toBe('two');
  expect(await readdir(inside('data'))).toEqual(['events']);
  expect(await own.removeEmptyFolder(inside('data', 'events'))).toBe(false);
  expect(await own.removeEmptyFolder(inside('data', 'events', 'date=2025-01-01'))).toBe(true);
  await own.removeTree(inside('data'));
  await own.removeTree(inside('data'));
  expect(await readdir(folder)).toEqual([]);
});

test('a folder that was removed and is a link now is looked at again', async () => {
  const own = files();
  await own.makeFolder(inside('data', 'events'));
  await own.removeTree(inside('data'));
  await symlink(outside, inside('data'));
  await expect(own.remove(inside('data', 'note.txt'))).rejects.toMatchObject(linkRefused);
});

test('a checked folder that another program has exchanged for a link is refused right before each change', async () => {
  await mkdir(inside('data'));
  await writeFile(inside('mine'), 'mine');
  const own = files();
  await own.checkFolder(inside('data'));
  await rm(inside('data'), { recursive: true });
  await symlink(outside, inside('data'));
  const refused = { code: 'WORKSPACE_INVALID', message: 'data became a link while the workspace was in use.' };
  for (const change of [
    () => own.makeFolder(inside('data', 'new')),
    () => own.makeNewFolder(inside('data', 'new')),
    () => own.move(inside('mine'), inside('data', 'mine')),
    () => own.moveListed(inside('mine'), inside('data', 'note.txt')),
    () => own.moveListed(inside('data', 'note.txt'), inside('taken')),
    () => own.moveToFreeName(inside('mine'), inside('data', 'free')),
    () => own.setAside(inside('data', 'note.txt')),
    () => own.remove(inside('data', 'note.txt')),
    () => own.removeTree(inside('data', 'note.txt')),
    () => own.removeEmptyFolder(inside('data', 'empty')),
    () => own.create(inside('data', 'new'), ''),
    () => own.createAtOnce(inside('data', 'new'), ''),
    () => own.createWhole(inside('data', 'new'), ''),
    () => own.replace(inside('data', 'note.txt'), ''),
    () => own.append(inside('data', 'note.txt'), 'more', '\n'),
  ]) {
    await expect(change()).rejects.toMatchObject(refused);
  }
  expect(await readdir(outside)).toEqual(['note.txt']);
  expect(await readFile(path.join(outside, 'note.txt'), 'utf8')).toBe('mine');
});

test.each([
  ['makeFolder', (own: WorkspaceFiles) => own.makeFolder(inside('data', 'new'))],
  ['makeNewFolder', (own: WorkspaceFiles) => own.makeNewFolder(inside('data', 'new'))],
  ['move out', (own: WorkspaceFiles) => own.move(inside('mine'), inside('data', 'note.txt'))],
  ['move in', (own: WorkspaceFiles) => own.move(inside('data', 'note.txt'), inside('mine'))],
  ['remove', (own: WorkspaceFiles) => own.remove(inside('data', 'note.txt'))],
  ['removeTree', (own: WorkspaceFiles) => own.removeTree(inside('data', 'note.txt'))],
  ['removeEmptyFolder', (own: WorkspaceFiles) => own.removeEmptyFolder(inside('data', 'empty'))],
  ['create', (own: WorkspaceFiles) => own.create(inside('data', 'new'), '')],
  ['replace', (own: WorkspaceFiles) => own.replace(inside('data', 'note.txt'), '')],
  ['append', (own: WorkspaceFiles) => own.append(inside('data', 'note.txt'), 'x', '\n')],
  ['readOwn', (own: WorkspaceFiles) => own.readOwn(inside('data', 'note.txt'), 10)],
  ['list', (own: WorkspaceFiles) => own.list(inside('data'), 10)],
  ['checkTarget', (own: WorkspaceFiles) => own.checkTarget(inside('data', 'note.txt'))],
  ['checkFolder', (own: WorkspaceFiles) => own.checkFolder(inside('data'))],
])('%s refuses a folder that is a link to outside', async (_name, work) => {
  await symlink(outside, inside('data'));
  await writeFile(inside('mine'), '');
  await mkdir(path.join(outside, 'empty'));
  await expect(work(files())).rejects.toMatchObject({
    ...linkRefused,
    details: { link: { path: 'data', target: outside } },
  });
  expect((await readdir(outside)).toSorted()).toEqual(['empty', 'note.txt']);
  expect(await readFile(path.join(outside, 'note.txt'), 'utf8')).toBe('mine');
});

test.each(['..', '../outside/note.txt', '.', '', '/etc/passwd', 'a\0b'])(
  'the path %j is refused as outside',
  async (name) => {
    const file = path.isAbsolute(name) ? name : `${folder}${path.sep}${name}`;
    await expect(files().removeTree(path.resolve(file))).rejects.toMatchObject({ code: 'WORKSPACE_INVALID' });
    await expect(files().create(path.normalize(file), '')).rejects.toMatchObject({ code: 'WORKSPACE_INVALID' });
  },
);

test('a link itself can be removed, and is never moved', async () => {
  await symlink(outside, inside('way-out'));
  expect(await files().move(inside('way-out'), inside('elsewhere'))).toBe(false);
  await files().removeTree(inside('way-out'));
  expect(await readdir(folder)).toEqual([]);
  expect(await readdir(outside)).toEqual(['note.txt']);
});

test('removing a tree removes the links in it, not what they lead to', async () => {
  await mkdir(inside('tree'));
  await symlink(outside, inside('tree', 'way-out'));
  await files().removeTree(inside('tree'));
  expect(await readdir(outside)).toEqual(['note.txt']);
});

test('a link is followed once the user has agreed to its very target', async () => {
  await symlink(outside, inside('data'));
  const own = files({ data: outside });
  await own.makeFolder(inside('data', 'events'));
  expect(await readdir(outside)).toEqual(['events', 'note.txt']);
  expect(await own.read(inside('data', 'note.txt'), 100)).toMatchObject({ status: 'read' });
  await expect(files({ data: home }).makeFolder(inside('data', 'other'))).rejects.toMatchObject(linkRefused);
  await expect(files({ exports: outside }).makeFolder(inside('data', 'other'))).rejects.toMatchObject(linkRefused);
});

test('links, hard links and other kinds of files are no targets for writing in place', async () => {
  await symlink(path.join(outside, 'new'), inside('dangling'));
  await link(path.join(outside, 'note.txt'), inside('hard'));
  execFileSync('mkfifo', [inside('pipe')]);
  await mkdir(inside('folder'));
  await expect(files().checkTarget(inside('dangling'))).rejects.toMatchObject(linkRefused);
  for (const name of ['hard', 'pipe', 'folder']) {
    await expect(files().checkTarget(inside(name))).rejects.toMatchObject({ code: 'WORKSPACE_INVALID' });
    await expect(files().append(inside(name), 'x', '\n')).rejects.toMatchObject({ code: 'WORKSPACE_INVALID' });
  }
  await expect(files().append(inside('dangling'), 'x', '\n')).rejects.toMatchObject(linkRefused);
  expect(await readdir(outside)).toEqual(['note.txt']);
  expect(await readFile(path.join(outside, 'note.txt'), 'utf8')).toBe('mine');
  // The replacement is a new file: the other name keeps its bytes.
  await files().replace(inside('hard'), 'new');
  expect(await readFile(path.join(outside, 'note.txt'), 'utf8')).toBe('mine');
});

test('appending begins on a line of its own', async () => {
  await writeFile(inside('log'), 'torn');
  await files().append(inside('log'), 'one\n', '\n');
  await files().append(inside('log'), 'two\n', '\n');
  expect(await readFile(inside('log'), 'utf8')).toBe('torn\none\ntwo\n');
});

test('reading is bounded, takes regular files only, and stays inside', async () => {
  await writeFile(inside('small'), 'text');
  await writeFile(inside('large'), 'x'.repeat(101));
  await symlink(inside('small'), inside('link'));
  await symlink(path.join(outside, 'note.txt'), inside('out'));
  await symlink(inside('loop'), inside('loop'));
  execFileSync('mkfifo', [inside('pipe')]);
  const read = async (name: string) => {
    const outcome = await files().read(inside(name), 100);
    return outcome.status === 'read' ? outcome.bytes.toString() : outcome;
  };
  expect(await read('small')).toBe('text');
  expect(await read('link')).toBe('text');
  expect(await read('none')).toEqual({ status: 'missing' });
  expect(await read('large')).toEqual({ status: 'refused', reason: 'too large' });
  expect(await read('out')).toEqual({ status: 'refused', reason: 'a link' });
  expect(await read('loop')).toEqual({ status: 'refused', reason: 'a link' });
  expect(await read('pipe')).toEqual({ status: 'refused', reason: 'not a regular file' });
  expect(await files().readOwn(inside('link'), 100)).toEqual({ status: 'refused', reason: 'a link' });
});

test('a link in a circle is refused as a link, also as a folder above', async () => {
  await symlink('queries', inside('queries'));
  for (const file of [inside('queries'), inside('queries', 'mine.sql')]) {
    expect(await files().read(file, 10)).toEqual({ status: 'refused', reason: 'a link' });
  }
});

test('a listing is bounded and tells links from what they lead to', async () => {
  for (let number = 0; number < 20; number += 1) await writeFile(inside(`file${number}`), '');
  const first = await files().list(folder, 5);
  expect(first).toMatchObject({ truncated: true });
  expect(first?.entries).toHaveLength(5);
  await symlink(outside, inside('way-out'));
  const all = await files().list(folder, 100);
  expect(all?.entries).toContainEqual({ name: 'way-out', kind: 'link' });
  expect(await files().list(inside('none'), 5)).toBeNull();
});

test('a workspace that is gone is not made again', async () => {
  await rm(folder, { recursive: true });
  await expect(files().makeFolder(inside('data', 'events'))).rejects.toMatchObject({
    code: 'WORKSPACE_INVALID',
    message: expect.stringContaining('no longer exists'),
  });
  expect(await readdir(home)).toEqual(['outside']);
});
