import { mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, it } from 'vitest';
import { readRunLog } from '../engine/commit/run-log';
import { FakeS3 } from '../engine/publish/testing/fake-s3';
import { checksums, filesBelow } from '../engine/testing/generation';
import { temporaryWorkspace } from '../engine/testing/temporary-workspace';
import { buildCommandLine, run, start } from './testing/command-line';

beforeAll(buildCommandLine);

const recipe = 'mw1 realistic rows=4000 days=2024-01-01..2024-03-31 users=500 teams=20 seed=7';
const generate = ['generate', '--recipe', recipe, '--workers', '1'];

it('two machines publish their shards; the folder is continued like a workspace', async () => {
  const [one, two, shared, alone] = await Promise.all(Array.from({ length: 4 }, temporaryWorkspace));
  if (!one || !two || !shared || !alone) throw new Error('unreachable');
  const made = await run([...generate, '--shard', '1/2', '--publish', shared.folder], one.folder);
  expect(made).toMatchObject({ code: 0 });
  expect(made.stdout).toMatch(/\nPublished run \S+ \(\d+ files, .* [kM]B\): \S+\n$/);
  const told = await run(['shards', shared.folder], one.folder);
  expect(told.stdout).toBe(`Recipe: ${recipe}\n  arrived: 1 of 2 shards\n  missing: Shard 2\n`);
  const early = await run(['advance', '-w', shared.folder], one.folder);
  expect(early).toMatchObject({ code: 1, stderr: expect.stringContaining('Shard 2 of 2 of the last recipe is missing.') }); // prettier-ignore

  await run([...generate, '--shard', '2/2'], two.folder);
  const published = await run(['publish', shared.folder, '--json'], two.folder);
  expect(JSON.parse(published.stdout)).toMatchObject({ location: shared.folder, runs: [{ outcome: 'published' }], skipped: [] }); // prettier-ignore
  expect((await run(['publish', shared.folder], two.folder)).stdout).toMatch(/^Run \S+ is there already: /);
  const inventory = JSON.parse((await run(['shards', shared.folder, '--recipe', recipe, '--json'], two.folder)).stdout);
  expect(inventory).toMatchObject({ of: 2, arrived: [1, 2], missing: [], twice: [], complete: true });

  await run(generate, alone.folder);
  expect(await checksums(shared)).toEqual(await checksums(alone));
  // From the workspace of a machine with one of two shards.
  const next = await run(['advance', '--days', '2', '--publish', shared.folder], one.folder);
  expect(next).toMatchObject({ code: 0, stdout: expect.stringContaining('Published run') });
  await run(['advance', '--days', '2'], alone.folder);
  expect(await checksums(shared)).toEqual(await checksums(alone));
});

it('says before it generates anything that a location is unusable', async () => {
  const { folder } = await temporaryWorkspace();
  const outcome = await run([...generate, '--publish', '/nowhere/at/all', '-w', 'ws'], folder);
  expect(outcome).toMatchObject({ code: 1, stderr: expect.stringContaining("/nowhere/at doesn't exist") });
  expect(await readdir(folder)).toEqual([]);
  const read = await run(['shards', path.join(folder, 'none')], folder);
  expect(read).toMatchObject({ code: 1, stderr: expect.stringContaining("doesn't exist") });
  expect(await readdir(folder)).toEqual([]);
});

it('says that the run is complete if only publishing failed', async () => {
  const workspace = await temporaryWorkspace();
  const fake = await FakeS3.start();
  fake.fault = ({ method }) => (method === 'PUT' ? { status: 403, code: 'AccessDenied' } : null);
  Object.assign(process.env, { AWS_ENDPOINT_URL: fake.url, AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' }); // prettier-ignore
  const outcome = await run(
    [...generate, '--end', '2024-01-05', '--publish', 's3://bucket/x', '--json'],
    workspace.folder,
  );
  const [entry] = await readRunLog(workspace);
  expect(outcome.code).toBe(1);
  expect(JSON.parse(outcome.stdout)).toMatchObject({
    error: {
      code: 'LOCATION_RIGHTS',
      message: `The run is complete in ${workspace.folder}, but it isn't published. The credentials lack rights at s3://bucket/x.`,
      action: expect.stringContaining(`micro-warehouse publish s3://bucket/x --run ${entry?.runId}`),
    },
  });
  expect(outcome.stderr).not.toContain('Warning');
  fake.fault = () => null;
  expect(await run(['publish', 's3://bucket/x'], workspace.folder)).toMatchObject({ code: 0 });
  expect(fake.objects.size).toBe(6);
});

it('continues after it was killed', async () => {
  const [workspace, { folder }] = [await temporaryWorkspace(), await temporaryWorkspace()];
  await run(
    ['generate', '--rows', '20000', '--start', '2024-01-01', '--end', '2025-01-31', '--workers', '1'],
    workspace.folder,
  );
  const shared = path.join(folder, 'shared');
  const [events, log] = [path.join(shared, 'data', 'events'), path.join(shared, 'data', 'runs')];
  await mkdir(shared);
  let killed = 0;
  for (const files of [1, 80, 200]) {
    const { child, ended } = start(['publish', shared], workspace.folder);
    while (child.exitCode === null && (await filesBelow(events)).length < files) await sleep(2);
    child.kill('SIGKILL');
    if ((await ended).code === null && !(await stat(log).catch(() => null))) killed += 1;
  }
  expect(killed).toBeGreaterThan(0);
  const outcome = await run(['publish', shared], workspace.folder);
  expect(outcome).toMatchObject({ code: 0 });
  expect(await checksums({ ...workspace, eventsFolder: events })).toEqual(await checksums(workspace));
  expect((await filesBelow(shared)).length).toBe(397 + 1);
});
