import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WriteMode } from '../../contract/generation';
import { temporaryWorkspace } from '../testing/temporary-workspace';
import type { Workspace } from '../workspace';
import { WorkspaceFiles } from '../fs/workspace-files';
import { commitRun } from './commit';
import { writeJournal } from './journal';
import { lockWorkspace } from './lock';
import { identityOf } from '../fs/process-identity';
import { recoverFiles, recoverWhenOpened } from '../warehouse/recover-workspace';
import { runFolders } from '../events/paths';
import { appendRun, readRunLog } from './run-log';
import { filesBelow, logEntryOf } from '../testing/generation';

/*
 * A run of two days in a workspace that already has two days, one of them the same. Each test puts the files where a
 * killed process would have left them; the content of a file tells which run wrote it.
 */

const oldFiles = ['date=2024-01-01/events-old-0-0.parquet', 'date=2024-01-02/events-old-0-0.parquet'];
const runId = '20260101T000000000-abc123';
const newFiles = [`date=2024-01-02/events-${runId}-0-0.parquet`, `date=2024-01-03/events-${runId}-0-0.parquet`];

const entryOf = (mode: WriteMode) => logEntryOf(runId, { mode });

async function put(folder: string, files: readonly string[], content: string): Promise<void> {
  for (const file of files) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), content);
  }
}

async function move(file: string, from: string, to: string): Promise<void> {
  await mkdir(path.dirname(path.join(to, file)), { recursive: true });
  await rename(path.join(from, file), path.join(to, file));
}

async function staged(): Promise<Workspace> {
  const workspace = await temporaryWorkspace();
  await put(workspace.eventsFolder, oldFiles, 'old');
  await put(runFolders(workspace, runId).events, newFiles, 'new');
  return workspace;
}

async function expectEvents(workspace: Workspace, files: readonly string[]): Promise<void> {
  expect(await filesBelow(workspace.eventsFolder)).toEqual([...files].toSorted());
  for (const file of files) {
    const content = await readFile(path.join(workspace.eventsFolder, file), 'utf8');
    expect(content).toBe(file.includes('old') ? 'old' : 'new');
  }
  const days = new Set(files.map((file) => path.dirname(file)));
  expect((await readdir(workspace.eventsFolder)).toSorted()).toEqual([...days].toSorted());
  const rest = await readdir(path.join(workspace.folder, 'data'));
  expect(rest.filter((name) => name !== 'runs.jsonl')).toEqual(['events']);
}

const expected = { append: [...oldFiles, ...newFiles], replace: newFiles } as const;

/** How far a killed process can get after its journal, by mode; each state builds on the one before. */
const steps: Record<string, (workspace: Workspace, mode: WriteMode) => Promise<void>> = {
  'the journal is written': async () => undefined,
  'one file is in place': async (workspace) =>
    move(newFiles[1] ?? '', runFolders(workspace, runId).events, workspace.eventsFolder),
  'all files are in place': async (workspace) =>
    move(newFiles[0] ?? '', runFolders(workspace, runId).events, workspace.eventsFolder),
  'one old file is out': async (workspace, mode) => {
    if (mode === 'append') return;
    await move(oldFiles[0] ?? '', workspace.eventsFolder, runFolders(workspace, runId).replaced);
  },
  'all old files are out': async (workspace, mode) => {
    if (mode === 'append') return;
    await move(oldFiles[1] ?? '', workspace.eventsFolder, runFolders(workspace, runId).replaced);
    await rm(path.join(workspace.eventsFolder, 'date=2024-01-01'), { recursive: true });
  },
  'the staged files are gone': async (workspace) => {
    await rm(runFolders(workspace, runId).events, { recursive: true, force: true });
    await rm(runFolders(workspace, runId).replaced, { recursive: true, force: true });
  },
  'the run is logged': async (workspace, mode) => appendRun(workspace, entryOf(mode)),
};

describe.each(['append', 'replace'] as const)('a run that %ss', (mode) => {
  const journalOf = () => {
    const replaced = mode === 'replace' ? oldFiles : [];
    return { version: 1 as const, replaced, entry: entryOf(mode) };
  };

  it('commits', async () => {
    const workspace = await staged();
    await commitRun(workspace, entryOf(mode));
    await expectEvents(workspace, expected[mode]);
    expect(await readRunLog(workspace)).toEqual([entryOf(mode)]);
  });

  it('is undone when it was killed before its journal', async () => {
    const workspace = await staged();
    await put(runFolders(workspace, runId).root, ['journal.json.new', 'spill/x.tmp'], '{"version":1');
    await recoverFiles(workspace);
    await expectEvents(workspace, oldFiles);
    expect(await readRunLog(workspace)).toEqual([]);
  });

  it.each(Object.keys(steps))('is finished when it was killed after %s', async (last) => {
    const workspace = await staged();
    await writeJournal(new WorkspaceFiles(workspace), runFolders(workspace, runId), journalOf());
    for (const [name, step] of Object.entries(steps)) {
      await step(workspace, mode);
      if (name === last) break;
    }
    await recoverFiles(workspace);
    await expectEvents(workspace, expected[mode]);
    expect(await readRunLog(workspace)).toEqual([entryOf(mode)]);
    await recoverFiles(workspace);
    await expectEvents(workspace, expected[mode]);
  });

  it.each(['one file is in place', 'all files are in place', 'one old file is out', 'all old files are out'])(
    'is undone when it was killed while it undid what it had done until %s',
    async (last) => {
      const workspace = await staged();
      for (const [name, step] of Object.entries(steps)) {
        await step(workspace, mode);
        if (name === last) break;
      }
      await recoverFiles(workspace);
      await expectEvents(workspace, oldFiles);
    },
  );

  it("is undone when a file can't get to its place", async () => {
    const workspace = await staged();
    await writeFile(path.join(workspace.eventsFolder, 'date=2024-01-03'), 'in the way');
    await expect(commitRun(workspace, entryOf(mode))).rejects.toMatchObject({ code: 'WORKSPACE_INVALID' });
    await rm(path.join(workspace.eventsFolder, 'date=2024-01-03'));
    await expectEvents(workspace, oldFiles);
  });

  it("is in even where the log can't be written; the next start adds the line", async () => {
    const workspace = await staged();
    await mkdir(workspace.runLog);
    await commitRun(workspace, entryOf(mode));
    expect(await filesBelow(workspace.eventsFolder)).toEqual([...expected[mode]].toSorted());
    await rm(workspace.runLog, { recursive: true });
    await recoverFiles(workspace);
    await expectEvents(workspace, expected[mode]);
    expect(await readRunLog(workspace)).toEqual([entryOf(mode)]);
  });
});

describe('recovery', () => {
  it('leaves a run alone that holds the workspace', async () => {
    const workspace = await staged();
    const lock = await lockWorkspace(workspace, 'a test');
    await recoverFiles(workspace);
    expect(await filesBelow(runFolders(workspace, runId).events)).toHaveLength(2);
    await lock.release();
    await recoverFiles(workspace);
    await expectEvents(workspace, oldFiles);
  });

  it('waits for a generator that has outlived its run, and would make its folders anew', async () => {
    const workspace = await staged();
    const { generators, events } = runFolders(workspace, runId);
    const file = path.join(events, 'date=2024-01-04', 'late.parquet');
    const write = `fs.mkdirSync(${JSON.stringify(path.dirname(file))}, { recursive: true }); fs.writeFileSync(${JSON.stringify(file)}, '')`;
    const generator = spawn(process.execPath, ['-e', `setTimeout(() => { ${write} }, 300)`]);
    const ended = once(generator, 'exit');
    await mkdir(generators);
    await writeFile(path.join(generators, 'name.json'), JSON.stringify(await identityOf(generator.pid ?? 0)));
    await recoverFiles(workspace);
    await ended;
    await expectEvents(workspace, oldFiles);
  });

  it('removes a staging folder that holds nothing', async () => {
    const workspace = await temporaryWorkspace();
    await put(workspace.eventsFolder, oldFiles, 'old');
    await mkdir(workspace.stagingFolder);
    await recoverFiles(workspace);
    await expectEvents(workspace, oldFiles);
  });

  it('writes nothing where nothing is left', async () => {
    const workspace = await temporaryWorkspace();
    await chmod(workspace.folder, 0o500);
    await recoverFiles(workspace);
    expect(await readdir(workspace.folder)).toEqual([]);
  });

  it('undoes a run whose journal is damaged, and says so', async () => {
    const workspace = await staged();
    await writeFile(runFolders(workspace, runId).journal, '{"version":1,"fil');
    const told: string[] = [];
    await recoverWhenOpened(workspace, ({ message }) => told.push(message));
    await expectEvents(workspace, oldFiles);
    expect(told).toEqual([expect.stringContaining(runId)]);
  });

  it('leaves what is no run alone', async () => {
    const workspace = await staged();
    await writeFile(path.join(workspace.stagingFolder, 'stray'), '');
    await put(path.join(workspace.stagingFolder, 'old'), ['x'], '');
    await recoverFiles(workspace);
    expect(await filesBelow(workspace.eventsFolder)).toEqual(oldFiles);
    expect(await filesBelow(workspace.stagingFolder)).toEqual(['old/x', 'stray']);
  });
});
