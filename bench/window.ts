import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';

const emptyMain = `
  const { app, BrowserWindow } = require('electron');
  app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadURL('data:text/html,<html data-ready=true>'));
`;

/** Milliseconds until an empty Electron window is drawn. */
export async function launchEmptyWindow(folder: string): Promise<number> {
  const project = path.join(folder, 'empty');
  await mkdir(project, { recursive: true });
  await writeFile(path.join(project, 'main.js'), emptyMain);
  await writeFile(path.join(project, 'package.json'), '{"name":"empty","version":"1.0.0","main":"main.js"}');
  return timeLaunch([project], folder);
}

/** Milliseconds until our window is drawn, main has answered, and clicks are handled. */
export function launchWindow(folder: string, workspace: string): Promise<number> {
  return timeLaunch(['.', '--workspace', workspace], folder);
}

async function timeLaunch(args: readonly string[], folder: string): Promise<number> {
  const started = performance.now();
  const { electron, page } = await launch(args, folder);
  await page.locator('html[data-ready="true"]').waitFor();
  const ms = performance.now() - started;
  await electron.close();
  return ms;
}

async function launch(
  args: readonly string[],
  folder: string,
  env: Record<string, string> = {},
): Promise<{ electron: ElectronApplication; page: Page }> {
  const electron = await _electron.launch({
    args: [...args, `--user-data-dir=${path.join(folder, 'user-data')}`],
    env: { ...environment(), ...env },
  });
  return { electron, page: await electron.firstWindow() };
}

/** Runs `action` with a ready window, and closes it. */
export async function withWindow(folder: string, workspace: string, act: (page: Page) => Promise<void>): Promise<void> {
  const { electron, page } = await launch(['.', '--workspace', workspace], folder);
  try {
    await page.locator('html[data-ready="true"]').waitFor();
    await act(page);
  } finally {
    await electron.close();
  }
}

/** Milliseconds from the click on Generate to the end of the run, in a window that is already open. */
export async function generateFromWindow(folder: string, workspace: string, rows: number): Promise<number> {
  await mkdir(workspace, { recursive: true });
  const { electron, page } = await launch(['.', '--workspace', workspace], folder);
  await page.locator('html[data-ready="true"]').waitFor();
  await page.getByRole('button', { name: 'Generate', exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Rows', { exact: true }).fill(String(rows));
  await page.evaluate(watchOutcome);
  await dialog.getByRole('button', { name: 'Generate', exact: true }).click();
  const ms = Number(await page.evaluate('window.outcomeMs'));
  await electron.close();
  return ms;
}

/**
 * Runs in the page: milliseconds from the next click to the frame that shows the outcome. Playwright itself checks only
 * every half second.
 */
const watchOutcome = `
  window.outcomeMs = new Promise((resolve) => {
    addEventListener('click', () => {
      const started = performance.now();
      const frame = () => {
        if (/Generated [\\d,]+ events/.test(document.querySelector('main').innerText)) resolve(performance.now() - started);
        else requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    }, { capture: true, once: true });
  });
  // Else its evaluation would wait for the promise.
  undefined;`;

function environment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

interface RefreshInWindow {
  readonly ms: number;
  /** Longest time between two frames that the page was given. */
  readonly longestFrameMs: number;
  /** Longest time from the click on a page until it is drawn with the warehouse's answers. */
  readonly longestAnswerMs: number;
}

/** Refreshes from the window while an impatient user clicks through it. */
export async function refreshFromWindow(
  folder: string,
  workspace: string,
  memoryLimitMb: number,
): Promise<RefreshInWindow> {
  const env = { MICRO_WAREHOUSE_MEMORY_MB: String(memoryLimitMb) };
  const { electron, page } = await launch(['.', '--workspace', workspace], folder, env);
  await page.locator('html[data-ready="true"]').waitFor();
  await page.evaluate(watchFrames);
  const started = performance.now();
  await page.getByRole('button', { name: 'Refresh', exact: true }).first().click();
  const progress = page.getByRole('progressbar', { name: 'Refresh' });
  const outcome = page.getByRole('heading', { name: /^Refreshed in/ });
  await progress.waitFor();
  let longestAnswerMs = 0;
  for (;;) {
    const clicked = performance.now();
    await page.getByRole('link', { name: 'Layers', exact: true }).click();
    await page.getByRole('navigation', { name: 'Models' }).waitFor();
    longestAnswerMs = Math.max(longestAnswerMs, performance.now() - clicked);
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    await progress.or(outcome).first().waitFor();
    if (!(await progress.isVisible())) break;
  }
  await outcome.waitFor();
  const ms = performance.now() - started;
  const longestFrameMs = Number(await page.evaluate('window.longestFrameMs'));
  await electron.close();
  return { ms, longestFrameMs, longestAnswerMs };
}

/** Runs in the page. */
const watchFrames = `
  window.longestFrameMs = 0;
  let before = performance.now();
  const frame = (now) => {
    window.longestFrameMs = Math.max(window.longestFrameMs, now - before);
    before = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);`;
