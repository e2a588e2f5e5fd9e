import { execFileSync } from 'node:child_process';
import { chown, cp, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect } from '@playwright/test';
import { filesOfEvents } from './support/app';
import { PackagedApp, processesOf } from './support/packaged-app';
import { expectNoProcess, isLinux, packaged, startAndQuit, test } from './support/packaged-build';

const isRoot = process.getuid?.() === 0;

/** Nobody: a user that owns nothing. */
const nobody = 65_534;

/** From an empty folder to the result of a query, then exit. */
async function journey(app: PackagedApp): Promise<void> {
  try {
    await app.generate({ Rows: 10_000 });
    await expect(app.window.getByText(/^Generated 10,000 events/)).toBeVisible({ timeout: 60_000 });
    expect((await filesOfEvents(app.workspace)).length).toBeGreaterThan(1_000);
    await app.button('Refresh').first().click();
    await expect(app.window.getByText(/^Refreshed in/)).toBeVisible({ timeout: 60_000 });
    await app.open('Console');
    await app.window.getByRole('tab', { name: 'Examples' }).click();
    await expect(app.button('Gold: weekly active teams')).toBeVisible();
    await app.writeSql('SELECT count(*) AS n FROM bronze_events');
    await app.button('Run').click();
    await expect(app.result.getByRole('gridcell', { name: '10000' })).toBeVisible();
    expect(app.complaints, 'nothing was reported on the console of the page').toEqual([]);
    expect(await app.quit(), 'it ends without a failure').toBe(0);
  } finally {
    app.kill();
  }
}

test('the fuses are set, and nothing travels but the app, DuckDB and SQL', async () => {
  const wire = await getCurrentFuseWire(packaged.executable);
  // In the executable a fuse is the character 1 or 0.
  const on = (fuse: FuseV1Options) => String.fromCharCode(wire[fuse] ?? 0) === '1';
  expect({
    runAsNode: on(FuseV1Options.RunAsNode),
    nodeOptions: on(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    inspector: on(FuseV1Options.EnableNodeCliInspectArguments),
    cookieEncryption: on(FuseV1Options.EnableCookieEncryption),
    asarIntegrity: on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    asarOnly: on(FuseV1Options.OnlyLoadAppFromAsar),
  }).toEqual({
    runAsNode: false,
    nodeOptions: false,
    inspector: false,
    cookieEncryption: true,
    asarIntegrity: true,
    asarOnly: true,
  });
  expect((await readdir(packaged.resources)).filter((name) => name.endsWith('.asar'))).toEqual(['app.asar']);
  const modules = listPackage(path.join(packaged.resources, 'app.asar'), { isPack: false })
    .map((name) => name.replaceAll('\\', '/'))
    .flatMap((name) => /^\/node_modules\/([^/]+)$/.exec(name)?.[1] ?? []);
  // DuckDB's binding asks detect-libc which of its builds fits.
  expect(modules).toEqual(['@duckdb', 'detect-libc']);
  for (const name of ['generation', 'models', 'queries']) {
    const files = async (folder: string) => (await readdir(path.join(folder, name), { recursive: true })).toSorted();
    expect(await files(path.join(packaged.resources, 'resources'))).toEqual(await files('resources'));
  }
  const licences = await readFile(path.join(packaged.resources, 'resources/licences.txt'), 'utf8');
  for (const name of ['react-dom', '@duckdb/node-bindings', 'electron-log']) expect(licences).toContain(`\n${name} `);
  expect(packaged.compressedBytes).toBeLessThan(packaged.maxCompressedBytes);
});

test('generates, refreshes, queries and quits from another folder', async ({ folder }) => {
  await journey(await PackagedApp.launch({ executable: packaged.testBuild.executable, folder }));
  if (isLinux) await expectNoProcess(packaged.testBuild.folder);
});

test('the same as a user without rights, the window shut in by the sandbox', async ({ folder }) => {
  test.skip(!isLinux, 'Linux tells by /proc whether the sandbox holds');
  // Nobody can't reach the project's folder as a rule.
  const copy = path.join(folder, 'app');
  await cp(packaged.testBuild.folder, copy, { recursive: true });
  const home = path.join(folder, 'home');
  await mkdir(home);
  if (isRoot) {
    await chown(home, nobody, nobody);
    execFileSync('chmod', ['755', folder]);
    // As in the .deb, for systems that deny user namespaces to users, such as a chroot or many containers.
    execFileSync('chmod', ['4755', path.join(copy, 'chrome-sandbox')]);
  }
  const app = await PackagedApp.launch({
    executable: path.join(copy, path.basename(packaged.testBuild.executable)),
    folder: home,
    ...(isRoot ? { uid: nobody } : {}),
  });
  const renderers = processesOf(copy).filter(({ command }) => command.includes('--type=renderer'));
  expect(renderers.length).toBeGreaterThan(0);
  expect(
    renderers.filter(({ filtered }) => !filtered),
    'every renderer runs under seccomp',
  ).toEqual([]);
  await journey(app);
  await expectNoProcess(copy);
});

test('the .deb installs with apt, starts, and uninstalls without a trace', async ({ folder }) => {
  test.setTimeout(180_000);
  const deb = (await readdir('dist')).find((name) => name.endsWith('.deb'));
  test.skip(!isLinux || !isRoot || deb === undefined, 'needs root on Debian');
  const installed = '/opt/micro-warehouse';
  const there = () =>
    stat(installed).then(
      () => true,
      () => false,
    );
  test.skip(await there(), 'Micro Warehouse is installed on this system already');
  const apt = (...args: string[]) =>
    execFileSync('apt-get', ['-o', 'DPkg::Lock::Timeout=120', '--yes', '--no-install-recommends', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: 'pipe',
    });
  try {
    apt('install', path.resolve('dist', deb ?? ''));
    const home = path.join(folder, 'home');
    await mkdir(home);
    await chown(home, nobody, nobody);
    execFileSync('chmod', ['755', folder]);
    const { code } = await startAndQuit({ executable: '/usr/bin/micro-warehouse', folder: home, uid: nobody });
    expect(code).toBe(0);
    await expectNoProcess(installed);
  } finally {
    apt('purge', 'micro-warehouse');
  }
  expect(await there(), 'nothing of it is left').toBe(false);
});
