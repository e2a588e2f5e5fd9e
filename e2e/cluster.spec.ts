import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from '@playwright/test';
import { authority, here, serverKey } from '../src/engine/trino/testing/certificates';
import { fakeTrino, reply, stall, status, type FakeTrino, type Reply } from '../src/engine/trino/testing/fake-trino';
import { expect, test, type App } from './support/app';
import { expectAccessible } from './support/axe';

const password = 'correct-horse-battery';
const rightAccount = `Basic ${Buffer.from(`ann:${password}`).toString('base64')}`;

const text = (...names: string[]) => names.map((name) => ({ name, type: 'varchar' }));

/** What the server says to a statement. */
function answerTo(sql: string): Reply {
  if (sql.includes('version()')) return reply({ columns: text('version'), data: [['481']] });
  if (sql.includes('runtime.nodes')) {
    const columns = [...text('id', 'version'), { name: 'coordinator', type: 'boolean' }];
    const nodes = ['c', 'w1', 'w2'].map((id) => [id, '481', id === 'c']);
    return reply({ columns, data: nodes });
  }
  if (sql.startsWith('SELECT')) return reply({ columns: text('any'), data: [] });
  return reply({ updateType: 'CREATE TABLE' });
}

/** A cluster that knows one account; `asleep` makes it accept statements and never answer. */
async function startCluster() {
  const mood = { asleep: false };
  const server: FakeTrino = await fakeTrino(
    {
      POST: (response, request) => {
        if (request.headers.authorization !== rightAccount) return status(401)(response, request);
        return (mood.asleep ? stall : answerTo(server.seen.at(-1)?.body ?? ''))(response, request);
      },
    },
    { key: serverKey, cert: here },
  );
  return { server, mood, host: server.address.replace('https://', '') };
}

async function openSettings(app: App): Promise<Locator> {
  await app.button('Settings').click();
  const dialog = app.window.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('tab', { name: 'Cluster' }).click();
  return dialog;
}

async function fill(dialog: Locator, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(label, { exact: true }).fill(value);
}

/** Everything that the app has written: user data, logs, workspace. */
async function everythingIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'latin1').catch(() => '')));
  return texts.join('\n');
}

test('a cluster is set, tried, set up and used; its password is in no file', async ({ app, folder }) => {
  const { server, mood, host } = await startCluster();
  const ca = path.join(folder, 'ca', 'authority.pem');
  await mkdir(path.dirname(ca));
  await writeFile(ca, authority);

  // Every field says what is missing.
  const dialog = await openSettings(app);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('The server must be an address such as')).toBeVisible();
  await expect(dialog.getByText('The user must not be empty.')).toBeVisible();
  await expect(dialog.getByText('Enter the password.')).toBeVisible();
  await expect(dialog.getByText('The location must not be empty.')).toBeVisible();
  await expectAccessible(app.window, 'the settings of a cluster, with errors');

  // A sign-in that fails, then one that succeeds.
  await fill(dialog, {
    Server: server.address,
    User: 'ann',
    Password: 'wrong',
    'Certificate authority (PEM file)': ca,
    'Location of the events': 's3://warehouse/data/events',
  });
  await dialog.getByRole('button', { name: 'Test connection' }).click();
  await expect(dialog.getByRole('alert')).toContainText(`The cluster at ${server.address} refused the sign-in.`);
  await dialog.getByLabel('Password', { exact: true }).fill(password);
  await dialog.getByRole('button', { name: 'Test connection' }).click();
  await expect(dialog.getByText('Connected to Trino 481, 2 workers.')).toBeVisible();
  await expect(dialog.getByText('Trino 481 is newer than 476, which Micro Warehouse is tested with')).toBeVisible();
  await expect(dialog.getByRole('list', { name: 'Connection' }).getByRole('listitem')).toHaveCount(4);

  // Set-up shows its SQL before anything runs.
  await dialog.getByRole('button', { name: 'Set up…' }).click();
  const sql = dialog.getByRole('region', { name: 'SQL of the set-up' });
  await expect(sql).toContainText("external_location = 's3://warehouse/data/events'");
  expect(server.seen.filter(({ body }) => body.startsWith('CREATE SCHEMA'))).toEqual([]);
  await expectAccessible(app.window, 'the SQL of set-up');
  await dialog.getByRole('button', { name: /^Run \d+ statements$/ }).click();
  await expect(dialog.getByText('The cluster is set up.')).toBeVisible();
  expect(server.seen.filter(({ body }) => body.startsWith('CREATE SCHEMA'))).toHaveLength(2);

  // The window has no password any more.
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText(/^Saved\./)).toBeVisible();
  await expect(dialog.getByLabel('Password', { exact: true })).toHaveValue('');
  await expect(dialog.getByText(/in memory until you quit the app, and not on disk|is kept, encrypted/)).toBeVisible();
  await app.window.keyboard.press('Escape');

  // Refresh goes where the user chooses, and Cancel stops it.
  await expect(app.window.getByText(`The events are Parquet files that ${host} can read`)).toBeVisible();
  mood.asleep = true;
  await app.button(`Refresh on ${host}`).first().click();
  await expect(app.progress('Refresh')).toBeVisible();
  await expect.poll(() => server.seen.at(-1)?.method).toBe('POST');
  await app.button('Cancel').click();
  await expect(app.window.getByText('The refresh was cancelled.')).toBeVisible({ timeout: 2_000 });
  expect(server.seen.at(-1)?.headers.authorization).toBe(rightAccount);

  // The choice is remembered; a refresh here doesn't ask the cluster.
  await app.choose('More refresh options', /^On this machine/);
  const asked = server.seen.length;
  await app.button('Refresh').first().click();
  await expect(app.window.getByText(/no events/i).first()).toBeVisible();
  expect(server.seen).toHaveLength(asked);

  expect(await everythingIn(folder)).not.toContain(password);
  expect(await everythingIn(folder)).not.toContain(rightAccount.slice('Basic '.length));
  await server.close();
});
