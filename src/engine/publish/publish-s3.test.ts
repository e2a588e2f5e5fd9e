import { truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../contract/app-error';
import { readRunLog } from '../commit/run-log';
import { filesBelow, generate } from '../testing/generation';
import { temporaryWorkspace } from '../testing/temporary-workspace';
import type { Workspace } from '../workspace';
import { openLocation } from './open-location';
import { publishRuns, readLocation, type PublishOptions } from './publish';
import { FakeS3 } from './testing/fake-s3';

const small = { rows: 300, start: '2024-01-01', end: '2024-01-05' };

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_CONFIG_FILE', '/nowhere/config');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere/credentials');
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  return () => vi.unstubAllEnvs();
});

async function server(): Promise<FakeS3> {
  const fake = await FakeS3.start();
  vi.stubEnv('AWS_ENDPOINT_URL', fake.url);
  return fake;
}

async function publish(from: Workspace, to = 's3://bucket/team/events', options: Partial<PublishOptions> = {}) {
  const location = await openLocation(to, from);
  const signal = new AbortController().signal;
  return publishRuns({ workspace: from, location, signal, ...options }).finally(() => location.close());
}

async function failure(work: Promise<unknown>): Promise<AppError> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error;
  throw new Error('It did not fail with words.', { cause: error });
}

it('publishes files first, the run last, and nothing twice', async () => {
  const [fake, workspace] = [await server(), await temporaryWorkspace()];
  const run = await generate(workspace, small);
  expect((await publish(workspace)).runs).toMatchObject([{ runId: run.runId, files: 5, copied: 5, bytes: run.bytes }]);
  const files = (await filesBelow(workspace.eventsFolder)).map((name) => `team/events/data/events/${name}`);
  expect([...fake.objects.keys()].toSorted()).toEqual([...files, `team/events/data/runs/${run.runId}.json`]);
  expect(fake.writes.at(-1)).toBe(`team/events/data/runs/${run.runId}.json`);
  const more = [await generate(workspace, { ...small, seed: 2 }), await generate(workspace, { ...small, seed: 3 })];
  expect((await publish(workspace)).runs.map(({ outcome }) => outcome)).toEqual(['present', 'published', 'published']);
  expect(fake.writes).toHaveLength(18);
  expect((await publish(workspace)).runs.map(({ outcome }) => outcome)).toEqual(['present', 'present', 'present']);
  expect(fake.writes).toHaveLength(18);
  const there = await readLocation(await openLocation('s3://bucket/team/events', null));
  expect(there).toEqual([more[1], more[0], run]);
  // Another place in the same bucket.
  expect(await readLocation(await openLocation('s3://bucket/team', null))).toEqual([]);
});

it('continues after a break', async () => {
  const [fake, workspace] = [await server(), await temporaryWorkspace()];
  await generate(workspace, small);
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  fake.fault = ({ method, key }) => (method === 'PUT' && key.includes('2024-01-04') ? 'reset' : null);
  expect(await failure(publish(workspace))).toMatchObject({
    code: 'LOCATION_UNREACHABLE',
    message: "The server of s3://bucket/team/events can't be reached, or the connection broke.",
  });
  expect([...fake.objects.keys()].some((key) => key.includes('/runs/'))).toBe(false);
  const before = fake.objects.size;
  fake.fault = () => null;
  expect((await publish(workspace)).runs).toMatchObject([{ files: 5, copied: 5 - before }]);
  expect(fake.objects.size).toBe(6);
});

it('tries again by itself after errors of the server and broken connections', async () => {
  const [fake, workspace] = [await server(), await temporaryWorkspace()];
  await generate(workspace, small);
  const seen = new Set<string>();
  fake.fault = ({ method, key }) => {
    const first = !seen.has(`${method} ${key}`);
    seen.add(`${method} ${key}`);
    if (!first || method !== 'PUT') return null;
    return key.includes('2024-01-02') ? 'reset' : { status: 503, code: 'SlowDown' };
  };
  expect((await publish(workspace)).runs).toMatchObject([{ copied: 5 }]);
});

it('uploads a large file in parts that appear as one object, and leaves no parts behind', async () => {
  const [fake, workspace] = [await server(), await temporaryWorkspace()];
  await generate(workspace, { ...small, end: '2024-01-01' });
  const [name = ''] = await filesBelow(workspace.eventsFolder);
  await truncate(path.join(workspace.eventsFolder, name), 12_000_000);
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  fake.fault = ({ query }) => (query.get('partNumber') === '2' ? { status: 500, code: 'InternalError' } : null);
  expect(await failure(publish(workspace))).toMatchObject({ code: 'LOCATION_UNREACHABLE' });
  expect(fake.objects.size).toBe(0);
  expect(fake.uploads.size).toBe(0);
  fake.fault = () => null;
  await publish(workspace);
  expect(fake.objects.get(`team/events/data/events/${name}`)?.bytes).toHaveLength(12_000_000);
  expect(fake.requests.filter(({ query }) => query.has('partNumber')).length).toBeGreaterThanOrEqual(5);
});

it('refuses an object with other content, and accepts a copy without our checksum', async () => {
  const [fake, workspace] = [await server(), await temporaryWorkspace()];
  const run = await generate(workspace, small);
  await publish(workspace);
  const log = `team/events/data/runs/${run.runId}.json`;
  const [key = '', object] = [...fake.objects].find(([name]) => name.includes('2024-01-03')) ?? [];
  if (!object) throw new Error('unreachable');
  const runText = fake.objects.get(log);
  fake.objects.delete(log);
  fake.objects.set(key, { bytes: object.bytes, sha256: undefined });
  expect((await publish(workspace)).runs).toMatchObject([{ copied: 0 }]);
  fake.objects.delete(log);
  const changed = Buffer.from(object.bytes);
  changed[50] = (changed[50] ?? 0) ^ 1;
  for (const other of [changed, changed.subarray(1)]) {
    fake.objects.set(key, { bytes: other, sha256: undefined });
    expect(await failure(publish(workspace))).toMatchObject({ code: 'LOCATION_CONFLICT' });
    expect(fake.objects.get(key)?.bytes).toEqual(other);
  }
  fake.objects.set(key, object);
  fake.objects.set(log, { bytes: Buffer.from(String(runText?.bytes).replace('"rows":300', '"rows":301')), sha256: undefined }); // prettier-ignore
  expect(await failure(publish(workspace))).toMatchObject({ code: 'LOCATION_CONFLICT' });
});

it('never replaces an object that appears at the last moment', async () => {
  const [fake, workspace] = [await server(), await temporaryWorkspace()];
  await generate(workspace, { ...small, end: '2024-01-01' });
  const strange = { bytes: Buffer.from('strange'), sha256: undefined };
  fake.fault = ({ method, key }) => {
    if (method === 'PUT' && key.includes('/events/data/events/') && !fake.objects.has(key)) fake.objects.set(key, strange);
    return null;
  }; // prettier-ignore
  expect(await failure(publish(workspace))).toMatchObject({ code: 'LOCATION_CONFLICT' });
  expect([...fake.objects.values()]).toEqual([strange]);
});

it('works with a server that knows no conditions', async () => {
  const [fake, workspace] = [await server(), await temporaryWorkspace()];
  await generate(workspace, small);
  fake.fault = ({ headers }) => ('if-none-match' in headers ? { status: 501, code: 'NotImplemented' } : null);
  expect((await publish(workspace)).runs).toMatchObject([{ copied: 5 }]);
  expect(fake.objects.size).toBe(6);
});

it('stops when it is cancelled', async () => {
  const [fake, workspace] = [await server(), await temporaryWorkspace()];
  const run = await generate(workspace, { ...small, end: '2024-03-01' });
  const controller = new AbortController();
  const onProgress = ({ files }: { files: number }) => files === 3 && controller.abort();
  expect(await failure(publish(workspace, undefined, { signal: controller.signal, onProgress }))).toMatchObject({ code: 'CANCELLED' }); // prettier-ignore
  expect(fake.objects.size).toBeLessThan(run.files);
  expect((await publish(workspace)).runs).toMatchObject([{ files: run.files }]);
});

describe('failures are told in plain words', () => {
  it.each([
    [{ status: 403, code: 'InvalidAccessKeyId' }, 'LOCATION_RIGHTS', "doesn't accept the credentials"],
    [{ status: 403, code: 'SignatureDoesNotMatch' }, 'LOCATION_RIGHTS', "doesn't accept the credentials"],
    [{ status: 400, code: 'ExpiredToken' }, 'LOCATION_RIGHTS', 'have expired'],
    [{ status: 403, code: 'AccessDenied' }, 'LOCATION_RIGHTS', 'lack rights'],
    [{ status: 404, code: 'NoSuchBucket' }, 'LOCATION_INVALID', 'no bucket named bucket'],
    [{ status: 400, code: 'AuthorizationHeaderMalformed' }, 'LOCATION_INVALID', 'region of the bucket bucket'],
    [{ status: 503, code: 'SlowDown' }, 'LOCATION_UNREACHABLE', 'has problems'],
    [{ status: 418, code: 'Teapot' }, 'LOCATION_INVALID', 'refused a request (418 Teapot)'],
    ['reset' as const, 'LOCATION_UNREACHABLE', "can't be reached"],
  ])('%j', async (fault, code, words) => {
    const [fake, workspace] = [await server(), await temporaryWorkspace()];
    vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
    fake.fault = () => fault;
    const error = await failure(publish(workspace));
    expect(error).toMatchObject({ code, message: expect.stringContaining(words) });
    expect(error.details.action).toMatch(/try again/);
    expect(JSON.stringify(error.toReport())).not.toContain('"test"');
  });

  it('no server, no credentials, no region', async () => {
    const workspace = await temporaryWorkspace();
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:9');
    vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
    expect(await failure(publish(workspace))).toMatchObject({ code: 'LOCATION_UNREACHABLE' });
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    expect(await failure(publish(workspace))).toMatchObject({
      code: 'LOCATION_RIGHTS',
      message: 'There are no usable credentials for s3://bucket/team/events.',
    });
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_REGION', undefined);
    expect(await failure(publish(workspace))).toMatchObject({ code: 'LOCATION_INVALID', message: expect.stringContaining('region') }); // prettier-ignore
  });

  it('loses rights in the middle: the run is intact here, and can be published later', async () => {
    const [fake, workspace] = [await server(), await temporaryWorkspace()];
    const run = await generate(workspace, small);
    await writeFile(path.join(workspace.folder, 'note.txt'), 'x');
    fake.fault = ({ method }) => (method === 'PUT' ? { status: 403, code: 'AccessDenied' } : null);
    expect(await failure(publish(workspace))).toMatchObject({ code: 'LOCATION_RIGHTS' });
    expect(await readRunLog(workspace)).toEqual([run]);
    fake.fault = () => null;
    expect((await publish(workspace)).runs).toMatchObject([{ copied: 5 }]);
  });
});
