import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryWorkspace } from '../testing/temporary-workspace';
import type { Workspace } from '../workspace';
import { listEvents } from './event-files';

async function addFile({ eventsFolder }: Workspace, date: string, name: string): Promise<string> {
  const folder = path.join(eventsFolder, `date=${date}`);
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, name);
  await writeFile(file, 'not read here');
  return file;
}

it('lists the files that DuckDB would read, by date and name', async () => {
  const workspace = await temporaryWorkspace();
  await addFile(workspace, '2025-01-02', 'events-b.parquet');
  await addFile(workspace, '2025-01-02', 'events-a.parquet');
  await addFile(workspace, '2025-01-01', 'events-c.parquet');
  await addFile(workspace, '2025-01-01', 'notes.txt');
  expect((await listEvents(workspace)).files.map((file) => file.path)).toEqual([
    'data/events/date=2025-01-01/events-c.parquet',
    'data/events/date=2025-01-02/events-a.parquet',
    'data/events/date=2025-01-02/events-b.parquet',
  ]);
});

it('leaves out a file that has gone by the time it is looked at', async () => {
  const workspace = await temporaryWorkspace();
  const kept = await addFile(workspace, '2025-01-01', 'events-a.parquet');
  // A broken link is listed but can't be found, like a file that was deleted a moment ago.
  await symlink(path.join(path.dirname(kept), 'gone'), path.join(path.dirname(kept), 'events-gone.parquet'));
  expect((await listEvents(workspace)).files.map((file) => file.date)).toEqual(['2025-01-01']);
});

it('lists what is there while days are deleted', async () => {
  const workspace = await temporaryWorkspace();
  const days = Array.from({ length: 28 }, (_, day) => `2025-02-${String(day + 1).padStart(2, '0')}`);
  const files = await Promise.all(days.map((date) => addFile(workspace, date, 'events-a.parquet')));
  const [{ files: listed }] = await Promise.all([
    listEvents(workspace),
    ...files.map((file) => rm(path.dirname(file), { recursive: true })),
  ]);
  expect(listed.length).toBeLessThanOrEqual(days.length);
  expect((await listEvents(workspace)).files).toEqual([]);
});

it('tells of a folder with more entries than are looked at', async () => {
  const workspace = await temporaryWorkspace();
  for (const date of ['2025-01-01', '2025-01-02', '2025-01-03']) await addFile(workspace, date, 'events-a.parquet');
  const whole = await listEvents(workspace, { entries: 6, named: 10 });
  expect(whole).toMatchObject({ truncated: false, unreadCount: 0, matchesPattern: true });
  const cut = await listEvents(workspace, { entries: 5, named: 10 });
  expect(cut).toMatchObject({
    truncated: true,
    unread: [{ path: 'data/events', reason: 'it has more than 5 files and folders, too many to read' }],
  });
  const folder = path.join(workspace.eventsFolder, 'date=2025-01-01');
  for (let number = 0; number < 20; number += 1) await writeFile(path.join(folder, `note ${number}`), '');
  const named = await listEvents(workspace, { entries: 100, named: 2 });
  expect(named.unread).toHaveLength(2);
  expect(named).toMatchObject({ truncated: false, unreadCount: 20 });
});
