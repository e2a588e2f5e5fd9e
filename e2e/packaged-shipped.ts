import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@playwright/test';
import { extractFile, listPackage, statFile } from '@electron/asar';
import { z } from 'zod';
import { spawnPackaged } from './support/packaged-app';
import { expectNoProcess, isLinux, packaged, startAndQuit, test } from './support/packaged-build';

/*
 * The shipped build can't be driven. So two things are tested: it refuses all attempts to, and the test build, which
 * the other tests drive, is identical except for the mark that allows them.
 */

/** A hash of each file below a folder; for a link, its target. */
async function hashesOf(folder: string): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const name of (await readdir(folder, { recursive: true })).toSorted()) {
    const file = path.join(folder, name);
    const found = await lstat(file);
    if (found.isSymbolicLink()) hashes.set(name, await readlink(file));
    else if (found.isFile())
      hashes.set(
        name,
        createHash('sha256')
          .update(await readFile(file))
          .digest('hex'),
      );
  }
  return hashes;
}

/** The names whose contents differ, or that only one of the two has. */
function differences(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((name) => a.get(name) !== b.get(name)).toSorted();
}

test('the test build differs from the one that ships in one mark of its package.json', async () => {
  const { testBuild } = packaged;
  const [shippedFiles, testFiles] = await Promise.all([hashesOf(packaged.folder), hashesOf(testBuild.folder)]);
  expect(shippedFiles.size).toBeGreaterThan(10);
  const archive = path.relative(packaged.folder, path.join(packaged.resources, 'app.asar'));
  // macOS and Windows store the archive's hash, and sign the file with it.
  const signed = isLinux ? [] : differences(shippedFiles, testFiles).filter(isSealOfArchive);
  expect(differences(shippedFiles, testFiles)).toEqual([archive, ...signed].toSorted());

  const archives = [packaged, testBuild].map(({ resources }) => path.join(resources, 'app.asar'));
  const [shipped, tested] = archives.map(hashesInArchive);
  expect(differences(shipped ?? new Map(), tested ?? new Map())).toEqual(['/package.json']);
  const [shippedPackage, testPackage] = archives.map((file) => packageSchemaIn(file));
  expect(shippedPackage).not.toHaveProperty('testBuild');
  expect(testPackage).toEqual({ ...shippedPackage, testBuild: true });
});

/** The executable of Windows, and on macOS the property list and the signatures. */
function isSealOfArchive(name: string): boolean {
  return /(?:\.exe|Info\.plist|CodeResources|MacOS[\\/]Micro Warehouse)$/.test(name);
}

function hashesInArchive(archive: string): Map<string, string> {
  const files = listPackage(archive, { isPack: false }).map((name) => name.replaceAll('\\', '/'));
  return new Map(
    files.flatMap((name) => {
      const entry = statFile(archive, name.slice(1));
      // Folders have no size; unpacked files lie beside the archive and are compared there.
      if (!('size' in entry) || entry.unpacked) return [];
      return [
        [
          name,
          createHash('sha256')
            .update(extractFile(archive, name.slice(1)))
            .digest('hex'),
        ],
      ];
    }),
  );
}

function packageSchemaIn(archive: string): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(JSON.parse(extractFile(archive, 'package.json').toString('utf8')));
}

/** The outcome of a start of the shipped app, and whether anything listened at `port` meanwhile. */
async function refusedStart(folder: string, args: readonly string[], port: number) {
  const child = spawnPackaged({ executable: packaged.executable, folder, args });
  let said = '';
  let heard = false;
  let ended = false;
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  const exit = once(child, 'close').finally(() => (ended = true));
  while (!ended) {
    heard ||= await listens(port);
    await sleep(10);
  }
  const [code] = await exit;
  return { code: z.number().nullable().parse(code), said, heard };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** A free port. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

test('the app that ships refuses to be controlled from outside, before it does anything', async ({ folder }) => {
  const port = await freePort();
  for (const option of [
    `--remote-debugging-port=${port}`,
    ` -remote-debugging-port=${port}`,
    '--remote-debugging-pipe',
    `--inspect=${port}`,
    `--inspect-brk=${port}`,
    '--js-flags=--expose-gc',
    '--load-extension=/',
    '--disable-web-security',
    '--renderer-cmd-prefix=/bin/false',
    '--host-resolver-rules=MAP * 127.0.0.1',
    '--switch-of-a-later-version',
  ]) {
    const { code, said, heard } = await refusedStart(folder, [option], port);
    const named = option.trim().split('=')[0] ?? '';
    expect({ option, code, heard }).toEqual({ option, code: 2, heard: false });
    expect(said).toContain(`Micro Warehouse doesn't accept the option ${named}.`);
  }
  // Electron creates the user-data folder itself; none of our code has run.
  expect(await readdir(path.join(folder, 'user-data')).catch(() => [])).toEqual([]);
  expect(await readdir(folder)).not.toContain('workspace');
});

test('the app that ships starts, draws its window and quits', async ({ folder }) => {
  const { code, log } = await startAndQuit({ executable: packaged.executable, folder });
  expect(log).toContain('warehouse process: ready');
  expect(code).toBe(0);
  if (isLinux) await expectNoProcess(packaged.folder);
});
