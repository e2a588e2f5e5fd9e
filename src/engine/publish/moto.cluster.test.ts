import { execFileSync, spawn } from 'node:child_process';
import { readFile, truncate } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { readRunLog } from '../commit/run-log';
import { filesBelow, generate } from '../testing/generation';
import { temporaryWorkspace } from '../testing/temporary-workspace';
import { advanceRequest } from '../generation/plan/advance';
import { shardInventory } from '../generation/plan/shards';
import type { Workspace } from '../workspace';
import { openLocation } from './open-location';
import { publishRuns, readLocation } from './publish';

/*
 * Against moto, a server that stands in for AWS: its own reading of the protocol, not ours. It is a package of Python:
 * pip install 'moto[server]'.
 */

const python = ['python3', 'python'].find((command) => {
  try {
    execFileSync(command, ['-c', 'import moto.server, flask'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});

const small = { rows: 600, start: '2024-01-01', end: '2024-03-01' };
async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}

/** Starts moto; returns its address. */
async function startMoto(command: string): Promise<string> {
  const port = await freePort();
  const child = spawn(command, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
  });
  onTestFinished(() => void child.kill());
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 300; tries += 1) {
    const answer = await fetch(`${url}/moto-api/`).catch(() => null);
    if (answer) return url;
    await sleep(100);
  }
  throw new Error('moto is installed, but does not start.');
}

async function publish(from: Workspace, to: string) {
  const location = await openLocation(to, from);
  const signal = new AbortController().signal;
  return publishRuns({ workspace: from, location, signal }).finally(() => location.close());
}

beforeEach(() => {
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
  vi.stubEnv('AWS_CONFIG_FILE', '/nowhere/config');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere/credentials');
  return () => vi.unstubAllEnvs();
});

const missing = python ? '' : ", skipped because Python or moto is missing: pip install 'moto[server]'";

describe.skipIf(!python)(`object storage of moto${missing}`, () => {
  it('gets the shards of two machines, which can then be continued', async () => {
    const url = await startMoto(python ?? '');
    vi.stubEnv('AWS_ENDPOINT_URL', url);
    const client = new S3Client({ forcePathStyle: true });
    await client.send(new CreateBucketCommand({ Bucket: 'lake' }));
    const [one, two] = [await temporaryWorkspace(), await temporaryWorkspace()];
    const first = await generate(one, { ...small, shard: { part: 1, of: 2 } });
    await generate(two, { ...small, shard: { part: 2, of: 2 } });
    const to = 's3://lake/a b/ü';
    await expect(publish(one, 's3://no-such-lake/x')).rejects.toMatchObject({
      code: 'LOCATION_INVALID',
      message: 'There is no bucket named no-such-lake.',
    });
    const names = await filesBelow(one.eventsFolder);
    expect((await publish(one, to)).runs).toMatchObject([{ outcome: 'published', copied: names.length }]);
    expect((await publish(one, to)).runs).toMatchObject([{ outcome: 'present', copied: 0 }]);
    const [name = ''] = names;
    const object = await client.send(new GetObjectCommand({ Bucket: 'lake', Key: `a b/ü/data/events/${name}` }));
    const bytes = Buffer.from((await object.Body?.transformToByteArray()) ?? []);
    expect(bytes).toEqual(await readFile(path.join(one.eventsFolder, name)));

    // As after a break: the last step is missing, and so is one file; another has other content.
    const log = { Bucket: 'lake', Key: `a b/ü/data/runs/${first.runId}.json` };
    await client.send(new DeleteObjectCommand(log));
    await client.send(new DeleteObjectCommand({ Bucket: 'lake', Key: `a b/ü/data/events/${name}` }));
    expect((await publish(one, to)).runs).toMatchObject([{ outcome: 'published', copied: 1 }]);
    await client.send(new DeleteObjectCommand(log));
    await client.send(new PutObjectCommand({ Bucket: 'lake', Key: `a b/ü/data/events/${name}`, Body: 'other' }));
    await expect(publish(one, to)).rejects.toMatchObject({ code: 'LOCATION_CONFLICT' });
    await client.send(new PutObjectCommand({ Bucket: 'lake', Key: `a b/ü/data/events/${name}`, Body: bytes }));
    expect((await publish(one, to)).runs).toMatchObject([{ outcome: 'published', copied: 0 }]);
    client.destroy();

    await publish(two, to);
    const there = await readLocation(await openLocation(to, null));
    expect(there).toHaveLength(2);
    expect(shardInventory(there, first.request.recipe)).toMatchObject({ arrived: [1, 2], complete: true });
    expect((await advanceRequest(one, 1, there)).recipe.start).toBe('2024-03-02');
  });

  it('gets a file in parts', async () => {
    const url = await startMoto(python ?? '');
    vi.stubEnv('AWS_ENDPOINT_URL', url);
    const client = new S3Client({ forcePathStyle: true });
    await client.send(new CreateBucketCommand({ Bucket: 'lake' }));
    const workspace = await temporaryWorkspace();
    await generate(workspace, { ...small, end: '2024-01-01' });
    const [name = ''] = await filesBelow(workspace.eventsFolder);
    await truncate(path.join(workspace.eventsFolder, name), 11_000_000);
    await publish(workspace, 's3://lake');
    const { ContentLength, ETag } = await client.send(
      new HeadObjectCommand({ Bucket: 'lake', Key: `data/events/${name}` }),
    );
    expect(ContentLength).toBe(11_000_000);
    expect(ETag).toMatch(/-3"$/);
    await client.send(
      new DeleteObjectCommand({ Bucket: 'lake', Key: `data/runs/${(await readRunLog(workspace))[0]?.runId}.json` }),
    );
    expect((await publish(workspace, 's3://lake')).runs).toMatchObject([{ outcome: 'published', copied: 0 }]);
    client.destroy();
  });
});
