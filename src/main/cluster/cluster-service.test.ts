import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { clusterDraftSchema, type ClusterSettings } from '../../contract/cluster';
import { settingsSchema } from '../../contract/settings';
import type { AppState, SetAside } from '../../contract/workspace';
import { Observable } from '../../engine/observable';
import { UserFiles } from '../user-data/user-files';
import { ClusterService } from './cluster-service';
import type { KeyStore } from './key-store';

// Only its types are used here.
vi.mock('electron', () => ({ safeStorage: {} }));

const workspace = '/data/warehouse';
const password = 'correct horse battery';

const settings: ClusterSettings = {
  server: 'https://trino.example.com:8443',
  user: 'ann',
  signIn: 'password',
  caFile: null,
  eventsCatalog: 'hive',
  eventsSchema: 'events',
  resultsCatalog: 'iceberg',
  resultsSchema: 'results',
  location: 's3://warehouse/data/events',
};

/** Turns every bit: enough to see whether a text was encrypted. */
const keys: KeyStore = {
  encrypt: (text) => flipped(Buffer.from(text)),
  decrypt: (bytes) => flipped(bytes).toString(),
};
const noKeys: KeyStore = { ...keys, encrypt: () => null };

function flipped(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte) => byte ^ 0xff));
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'micro-warehouse-cluster-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts the app, as far as the cluster goes, and opens a workspace. */
async function start(folder: string, keyStore = keys, opened = workspace) {
  const appState = new Observable<AppState>({
    workspace: { folder: null, suggestedFolder: '', problem: null, notices: [], recent: [], cluster: null },
    warehouse: { status: 'none' },
    settings: settingsSchema.parse({}),
    setAside: [],
  });
  const setAside: SetAside[] = [];
  const files = new UserFiles(folder, (event) => setAside.push(event));
  const service = new ClusterService(appState, files, keyStore);
  return { service, state: await service.open(opened), shown: () => appState.value.workspace.cluster, setAside, files };
}

async function allTexts(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = names
    .filter((each) => each.isFile())
    .map((each) => readFile(path.join(each.path, each.name), 'latin1'));
  return (await Promise.all(texts)).join('\n');
}

describe('the settings of a cluster', () => {
  test('are there again, by workspace, with the secret', async () => {
    const folder = await temporaryFolder();
    await (await start(folder)).service.save({ settings, secret: password });
    const again = await start(folder);
    expect(again.state).toEqual({ settings, on: 'cluster', secret: 'stored' });
    expect(again.service.access(workspace)).toEqual({ settings, secret: password });
    expect((await start(folder, keys, '/data/other')).state).toBeNull();
  });

  test('keep the secret out of every file and of the state of the window', async () => {
    const folder = await temporaryFolder();
    const { service, shown } = await start(folder);
    await service.save({ settings, secret: password });
    expect(await allTexts(folder)).not.toContain(password);
    expect(await allTexts(folder)).not.toContain(Buffer.from(password).toString('base64').slice(0, 12));
    expect(JSON.stringify(shown())).not.toContain(password);
  });

  test('have a secret in memory only where the system has no key store', async () => {
    const folder = await temporaryFolder();
    const { service, shown } = await start(folder, noKeys);
    await service.save({ settings, secret: password });
    expect(shown()?.secret).toBe('session');
    expect(service.access(workspace).secret).toBe(password);
    await service.open('/data/other');
    await service.open(workspace);
    expect(service.access(workspace).secret).toBe(password);
    expect(await allTexts(folder)).not.toContain('horse');
    const restarted = await start(folder, noKeys);
    expect(restarted.state?.secret).toBe('none');
    expect(restarted.service.access(workspace).secret).toBeNull();
  });

  test('are never those of another workspace, however the two are opened', async () => {
    const folder = await temporaryFolder();
    const { service, shown } = await start(folder);
    // Another workspace is opened while the settings are being written.
    const saving = service.save({ settings, secret: password });
    await service.open('/data/other');
    await saving;
    expect(shown()).toBeNull();
    expect(() => service.access('/data/other')).toThrow('No cluster is set for this workspace.');
    // The process of the first workspace asks before it has been stopped.
    expect(() => service.access(workspace)).toThrow('Another workspace is being opened.');
    await service.open(workspace);
    expect(service.access(workspace)).toEqual({ settings, secret: password });
  });

  test('keep the secret when they are saved without a new one', async () => {
    const { service } = await start(await temporaryFolder());
    await service.save({ settings, secret: password });
    await service.save({ settings: { ...settings, resultsSchema: 'more' }, secret: null });
    expect(service.access(workspace)).toEqual({ settings: { ...settings, resultsSchema: 'more' }, secret: password });
  });

  test.each([
    { server: 'https://elsewhere.example.com' },
    { server: 'https://trino.example.com:8443@elsewhere.example.com' },
    { user: 'bob' },
    { signIn: 'token' as const },
    { signIn: 'none' as const },
  ])('forget the secret of another account: %j', async (change) => {
    const folder = await temporaryFolder();
    const { service, shown } = await start(folder);
    await service.save({ settings, secret: password });
    await service.save({ settings: { ...settings, ...change }, secret: null });
    expect(service.access(workspace).secret).toBeNull();
    expect(shown()?.secret).toBe('none');
    // Back at the old account, it must be entered again.
    await service.save({ settings, secret: null });
    expect(service.access(workspace).secret).toBeNull();
  });

  test('are gone when they are forgotten', async () => {
    const folder = await temporaryFolder();
    const { service, shown } = await start(folder);
    await service.save({ settings, secret: password });
    await service.forget();
    expect(shown()).toBeNull();
    expect(() => service.access(workspace)).toThrow('No cluster is set for this workspace.');
    expect((await start(folder)).state).toBeNull();
  });

  test('remember where a refresh computes', async () => {
    const folder = await temporaryFolder();
    const { service } = await start(folder);
    await expect(service.choose('cluster')).rejects.toThrow('No cluster is set');
    await service.save({ settings, secret: password });
    await service.choose('local');
    expect((await start(folder)).state?.on).toBe('local');
    expect(service.access(workspace).secret).toBe(password);
  });
});

describe('a damaged file', () => {
  const whole = { settings, on: 'cluster', secret: null };

  test.each([
    ['nothing', ''],
    ['no JSON', '{"settings": {'],
    ['another document', '[1, 2]'],
    ['a server with a password', JSON.stringify({ ...whole, settings: { ...settings, server: 'https://a:b@c' } })],
    ['another protocol', JSON.stringify({ ...whole, settings: { ...settings, server: 'file:///etc/passwd' } })],
    ['a user with a line break', JSON.stringify({ ...whole, settings: { ...settings, user: 'ann\r\nX-Evil: 1' } })],
  ])('with %s is set aside, and counts as none', async (_name, text) => {
    const folder = await temporaryFolder();
    const { files } = await start(folder);
    const file = files.ofWorkspace(workspace, 'cluster.json');
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
    const { state, setAside, service } = await start(folder);
    expect(state).toBeNull();
    expect(setAside).toHaveLength(1);
    await service.save({ settings, secret: password });
    expect((await start(folder)).state).toEqual({ settings, on: 'cluster', secret: 'stored' });
  });

  test('with another server never sends the secret there', async () => {
    const folder = await temporaryFolder();
    const { service, files } = await start(folder);
    await service.save({ settings, secret: password });
    const file = files.ofWorkspace(workspace, 'cluster.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('trino.example.com', 'evil.example.com'));
    const changed = await start(folder);
    expect(changed.service.access(workspace)).toEqual({
      settings: { ...settings, server: 'https://evil.example.com:8443' },
      secret: null,
    });
  });

  test('with a secret that no key decrypts needs the secret again', async () => {
    const folder = await temporaryFolder();
    const { service, files } = await start(folder);
    await service.save({ settings, secret: password });
    const file = files.ofWorkspace(workspace, 'cluster.json');
    await writeFile(file, JSON.stringify({ ...whole, secret: 'AAAA' }));
    expect((await start(folder)).service.access(workspace).secret).toBeNull();
    const broken: KeyStore = {
      ...keys,
      decrypt: () => {
        throw new Error('The key is gone.');
      },
    };
    await writeFile(file, JSON.stringify({ ...whole, secret: 'AAAA' }));
    expect((await start(folder, broken)).service.access(workspace).secret).toBeNull();
  });
});

test('a draft with a secret needs https, and a location', () => {
  const problems = (change: Partial<ClusterSettings>) =>
    clusterDraftSchema
      .safeParse({ settings: { ...settings, ...change }, secret: password })
      .error?.issues.map(({ path: at, message }) => [at.join('.'), message]);
  expect(problems({})).toBeUndefined();
  expect(problems({ server: 'http://trino.example.com', location: ' ' })).toEqual([
    ['settings.server', 'A password or token is only sent over https.'],
    ['settings.location', 'The location must not be empty.'],
  ]);
  expect(problems({ server: 'http://trino.example.com', signIn: 'none' })).toBeUndefined();
  expect(problems({ user: 'x'.repeat(256) })).toEqual([['settings.user', 'The user may have at most 255 characters.']]);
});
