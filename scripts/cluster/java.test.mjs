import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findJava } from './java.mjs';

async function home(/** @type {string} */ version, tools = ['java', 'jar']) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'java-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(path.join(folder, 'bin'));
  for (const tool of tools) await writeFile(path.join(folder, 'bin', tool), '');
  await writeFile(path.join(folder, 'release'), `IMPLEMENTOR="Someone"\nJAVA_VERSION="${version}"\n`);
  return folder;
}

test('the first Java that is new enough is taken, links followed', async () => {
  const [old, recent, newest] = [await home('21.0.4'), await home('24'), await home('25.0.1')];
  expect(findJava({ TRINO_JAVA_HOME: old, JAVA_HOME: recent, PATH: '' })).toBe(recent);
  expect(findJava({ TRINO_JAVA_HOME: newest, JAVA_HOME: recent, PATH: '' })).toBe(newest);
  const bin = await mkdtemp(path.join(os.tmpdir(), 'bin-'));
  onTestFinished(() => rm(bin, { recursive: true, force: true }));
  await symlink(path.join(newest, 'bin', 'java'), path.join(bin, 'java'));
  expect(findJava({ PATH: bin })).toBe(newest);
});

test('a Java without the tools of a development kit is not enough', async () => {
  const runtime = await home('25', ['java']);
  expect(findJava({ TRINO_JAVA_HOME: runtime, PATH: '' })).not.toBe(runtime);
});
