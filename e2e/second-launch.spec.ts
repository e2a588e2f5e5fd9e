import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import electron from 'electron';
import { z } from 'zod';
import { expect, test } from './support/app';

/** Starts the app a second time with the same user-data folder, as a user would. @returns its output */
async function launchAgain(folder: string, ...args: string[]): Promise<{ code: unknown; said: string }> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const all = [...sandbox, '.', `--user-data-dir=${path.join(folder, 'user-data')}`, ...args];
  // Outside of Electron the package exports the path of the executable.
  const child = spawn(z.string().parse(electron), all, { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  const [code] = await once(child, 'close');
  return { code, said };
}

/** Answers the app's questions from now on with the button at this index, and records them. */
async function answerQuestions(app: ElectronApplication, response: number): Promise<void> {
  await app.evaluate(({ dialog }, button) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = (...args: unknown[]) => {
      const options = args.at(-1);
      asked.push(JSON.stringify(options));
      return Promise.resolve({ response: button, checkboxChecked: false });
    };
  }, response);
}

const questions = (app: ElectronApplication): Promise<string[]> =>
  app.evaluate(() => {
    const asked: unknown = Reflect.get(globalThis, 'asked');
    return Array.isArray(asked) ? asked.map(String) : [];
  });

test('a second launch with another workspace opens it in the running app, once the user agrees', async ({
  app,
  folder,
}) => {
  const other = path.join(folder, 'other');
  await answerQuestions(app.electron, 1);
  const declined = await launchAgain(folder, '--workspace', other);
  expect(declined).toEqual({
    code: 0,
    said: `Micro Warehouse is already running. It was asked to open ${other}.\n`,
  });
  await expect.poll(() => questions(app.electron)).toEqual([expect.stringContaining(`Open the workspace ${other}?`)]);
  await expect(app.window.getByRole('button', { name: 'Workspace workspace' })).toBeVisible();

  await answerQuestions(app.electron, 0);
  // Relative to the current folder of the second one.
  await launchAgain(folder, `--workspace=${path.relative(process.cwd(), other)}`);
  await expect(app.window.getByRole('button', { name: 'Workspace other' })).toBeVisible();
});

test('a second launch without a workspace, or with the one that is open, shows the window and asks nothing', async ({
  app,
  folder,
}) => {
  await answerQuestions(app.electron, 0);
  await symlink(app.workspace, path.join(folder, 'link'));
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  const { said } = await launchAgain(folder);
  expect(said).toBe('Micro Warehouse is already running. It was asked to show its window.\n');
  const isVisible = () => app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  await expect.poll(isVisible).toBe(true);
  await launchAgain(folder, '--workspace', app.workspace);
  await launchAgain(folder, '--workspace', path.join(folder, 'link'));
  await expect(app.window.getByRole('button', { name: 'Workspace workspace' })).toBeVisible();
  expect(await questions(app.electron)).toEqual([]);
});

test('while a job runs, and where the folder is no workspace, the user is told', async ({ app, folder }) => {
  await answerQuestions(app.electron, 0);
  const file = path.join(folder, 'a-file');
  await writeFile(file, '');
  await launchAgain(folder, '--workspace', file);
  const asked = () => questions(app.electron);
  await expect.poll(async () => (await asked()).at(-1)).toMatch(/a-file can't be opened right now.*isn't a folder/);

  const other = path.join(folder, 'other');
  await mkdir(other);
  await app.generate({ Rows: 50_000_000 });
  await expect(app.progress('Generate')).toHaveAttribute('aria-valuenow', /^[1-9]/);
  await launchAgain(folder, '--workspace', other);
  await expect.poll(async () => (await asked()).at(-1)).toMatch(/other can't be opened right now.*A job is running in/);
  await expect(app.progress('Generate')).toBeVisible();
  await app.button('Cancel').first().click();
  await expect(app.progress('Generate')).toBeHidden();
});
