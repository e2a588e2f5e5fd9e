import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { AppError } from '../../contract/app-error';
import { runFolders } from '../events/paths';
import { WorkspaceFiles } from '../fs/workspace-files';
import { asNobody } from '../testing/as-nobody';
import { filesBelow, logEntryOf } from '../testing/generation';
import { temporaryWorkspace } from '../testing/temporary-workspace';
import { recoverFiles, recoverWhenOpened } from '../warehouse/recover-workspace';
import type { Workspace } from '../workspace';
import { writeJournal } from './journal';

/* Leftovers of killed programs in folders that came without permissions. */

const runId = '20260101T000000000-abc123';
const old = ['date=2024-01-01/events-old.parquet', 'date=2024-01-02/events-old.parquet'];
const moved = 'date=2024-01-03/events-moved.parquet';
const staged = [`date=2024-01-02/events-${runId}-0-0.parquet`, `date=2024-01-04/events-${runId}-0-0.parquet`];
const deleted = 'date=2024-01-05/events-deleted.parquet';

async function put(folder: string, files: readonly string[]): Promise<void> {
  for (const file of files) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), 'x');
  }
}

/** A workspace with a killed run that had moved one replaced file, and with half a deletion. */
async function killed({ journalled }: { journalled: boolean }): Promise<Workspace> {
  const workspace = await temporaryWorkspace();
  const folders = runFolders(workspace, runId);
  await put(workspace.eventsFolder, old);
  await put(folders.events, staged);
  await put(folders.replaced, [moved]);
  await put(folders.generators, ['x.json']);
  await put(path.join(workspace.trashFolder, runId, 'events'), [deleted]);
  await put(path.join(workspace.trashFolder, runId), ['moving']);
  const entry = logEntryOf(runId, { mode: 'replace' });
  if (journalled) {
    await writeJournal(new WorkspaceFiles(workspace), folders, { version: 1, replaced: [...old, moved], entry });
  }
  return workspace;
}

const run = `data/.staging/${runId}`;
const trash = `data/.trash/${runId}`;
const ownFolders = [
  run,
  `${run}/events`,
  `${run}/events/date=2024-01-02`,
  `${run}/events/date=2024-01-04`,
  `${run}/replaced`,
  `${run}/replaced/date=2024-01-03`,
  `${run}/generators`,
  trash,
  `${trash}/events`,
  `${trash}/events/date=2024-01-05`,
];

describe.runIf(process.platform === 'linux')('without permission for a folder that the app made', () => {
  test.each([true, false])('recovery succeeds (with a journal: %s)', async (journalled) => {
    for (const mode of [0o555, 0o000]) {
      for (const folder of ownFolders) {
        const workspace = await killed({ journalled });
        const told = await asNobody(workspace.folder, async () => {
          await chmod(path.join(workspace.folder, folder), mode);
          const notices: string[] = [];
          await recoverFiles(workspace, ({ message }) => notices.push(message));
          return notices;
        });
        const name = `${folder} ${mode.toString(8)}`;
        expect(told, name).toEqual([]);
        const events = journalled ? staged : [...old, moved];
        expect(await filesBelow(workspace.eventsFolder), name).toEqual([...events, deleted].toSorted());
        expect((await filesBelow(path.join(workspace.folder, 'data'))).length, name).toBe(
          events.length + 1 + Number(journalled),
        );
      }
    }
  });
});

/** Folders whose permissions the app doesn't change, and the words for a job that writes. */
const refusals = [
  ['data/events', 0o555, 'to write to <ws>/data/events.'],
  ['data/events', 0o000, 'to read <ws>/data/events.'],
  ['data/events/date=2024-01-02', 0o555, 'date=2024-01-02.'],
  ['data/events/date=2024-01-02', 0o000, 'to read <ws>/data/events/date=2024-01-02.'],
  ['data/.staging', 0o555, 'to write to <ws>/data/.staging.'],
  ['data/.staging', 0o000, 'to read <ws>/data/.staging.'],
  ['data/.trash', 0o000, 'to read <ws>/data/.trash.'],
  ['data', 0o555, 'to write to <ws>/data.'],
  ['data', 0o000, 'to read <ws>/data.'],
] as const;

describe.runIf(process.platform === 'linux')('without permission for a folder of the user', () => {
  test.each(refusals)('%s (mode %o), a job that writes names it, and opening succeeds', async (folder, mode, words) => {
    const jobs: Record<string, (workspace: Workspace) => Promise<unknown>> = {
      opening: async (workspace) => {
        const notices: AppError[] = [];
        await recoverWhenOpened(workspace, (notice) => notices.push(notice));
        return notices[0];
      },
      writing: (workspace) => recoverFiles(workspace).catch((error: unknown) => error),
    };
    for (const [name, job] of Object.entries(jobs)) {
      const workspace = await killed({ journalled: true });
      const place = path.join(workspace.folder, folder);
      const told = await asNobody(workspace.folder, async () => {
        await chmod(place, mode);
        const outcome = await job(workspace);
        await chmod(place, 0o755);
        return outcome;
      });
      expect(told, name).toMatchObject({
        code: 'WORKSPACE_READ_ONLY',
        message: expect.stringContaining(words.replace('<ws>', workspace.folder)),
        details: { action: expect.stringContaining('Give yourself') },
      });
    }
  });
});
