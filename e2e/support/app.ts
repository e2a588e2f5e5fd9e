import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { _electron, expect, test as base, type ElectronApplication, type Locator, type Page } from '@playwright/test';

export type PageName = 'Overview' | 'Partitions' | 'Layers' | 'Metrics' | 'Console' | 'Activity';

/** The window of a running app, operated as a user would: by the labels of its controls. */
export class AppWindow {
  /** Errors of the page that a user would never see: violations of the CSP, uncaught errors. */
  readonly complaints: string[] = [];

  constructor(
    readonly window: Page,
    readonly workspace: string,
  ) {
    window.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
    window.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  /** Resolves once the window is drawn and its processes respond. */
  async ready(): Promise<void> {
    await this.window.locator('html[data-ready="true"]').waitFor();
    // Chromium drops keys before a page's first frame; after two frames it is drawn.
    await this.window.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }

  async open(page: PageName): Promise<void> {
    await this.window.getByRole('link', { name: page, exact: true }).click();
    await expect(this.window.getByRole('heading', { name: page, level: 1 })).toBeVisible();
  }

  button(name: string): Locator {
    return this.window.getByRole('button', { name, exact: true });
  }

  /** Opens the Generate dialog, fills in the given options and starts. */
  async generate(options: Readonly<Record<string, string | number>>): Promise<void> {
    await this.button('Generate').first().click();
    const dialog = this.window.getByRole('dialog');
    for (const [label, value] of Object.entries(options)) {
      const field = dialog.getByLabel(label, { exact: true });
      await field.waitFor({ state: 'attached' });
      const folded = dialog
        .locator('details:not([open])')
        .filter({ has: this.window.getByLabel(label, { exact: true }) });
      if (await folded.count()) await folded.locator('summary').click();
      await field.fill(String(value));
    }
    await dialog.getByRole('button', { name: 'Generate', exact: true }).click();
  }

  /** Refreshes on the Overview, and waits for the end; dismisses the result of the previous refresh first. */
  async refresh(): Promise<void> {
    const dismiss = this.button('Dismiss');
    if (await dismiss.isVisible()) await dismiss.click();
    await expect(dismiss).toHaveCount(0);
    await this.button('Refresh').first().click();
    await expect(this.window.getByText(/^Refreshed in/)).toBeVisible();
  }

  /**
   * Opens the menu of a button and chooses an item; waits until the menu is closed, so that it isn't mistaken for the
   * next one.
   */
  async choose(menuButton: string, item: string | RegExp): Promise<void> {
    await this.button(menuButton).click();
    const menu = this.window.getByRole('menu');
    await menu.getByRole('menuitem', { name: item, exact: typeof item === 'string' }).click();
    await expect(menu).toHaveCount(0);
  }

  progress(job: 'Generate' | 'Refresh'): Locator {
    return this.window.getByRole('progressbar', { name: job, exact: true }).first();
  }

  /** Replaces the text in the SQL editor. */
  async writeSql(sql: string): Promise<void> {
    const editor = this.window.getByRole('textbox', { name: 'SQL', exact: true });
    await editor.click();
    await this.window.keyboard.press('ControlOrMeta+A');
    // Chromium would style text that replaces a selection with an inline style, which the CSP refuses.
    await this.window.keyboard.press('Delete');
    await this.window.keyboard.insertText(sql);
  }

  get result(): Locator {
    return this.window.getByRole('grid', { name: 'Result', exact: true });
  }
}

/** The built app, started by Playwright, which can access its main process, too. */
export class App extends AppWindow {
  private constructor(
    readonly electron: ElectronApplication,
    window: Page,
    workspace: string,
  ) {
    super(window, workspace);
  }

  /**
   * @param workspace null starts the app as on its first day
   * @param env variables beside those of the test's own process
   * @param switches for Chromium and V8
   */
  static async launch(
    userData: string,
    workspace: string | null,
    env: Record<string, string> = {},
    switches: readonly string[] = [],
  ): Promise<App> {
    const folder = workspace === null ? [] : ['--workspace', workspace];
    const electron = await _electron.launch({
      args: ['.', `--user-data-dir=${userData}`, ...switches, ...folder],
      cwd: process.cwd(),
      env: { ...environment(), ...env },
    });
    const app = new App(electron, await electron.firstWindow(), workspace ?? '');
    await app.ready();
    return app;
  }

  /** Gives the page another size, and waits until it has it. */
  async resize(width: number, height: number): Promise<void> {
    await this.electron.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
      { width, height },
    );
    await expect.poll(() => this.window.evaluate(() => innerWidth)).toBe(width);
  }

  /** Clicks an item of the native menu. */
  async clickMenu(id: string): Promise<void> {
    await this.electron.evaluate(({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.click(), id);
  }

  /** Its processes of a kind, by a word of the name in the system's process list. */
  async pidsOf(process: 'database' | 'generator'): Promise<number[]> {
    return this.electron.evaluate(
      ({ app }, word) =>
        app
          .getAppMetrics()
          .filter(({ serviceName, name }) => `${serviceName}${name}`.includes(word))
          .map(({ pid }) => pid),
      process,
    );
  }

  /** The first of them, as soon as there is one. */
  async pidOf(process: 'database' | 'generator'): Promise<number> {
    let first: number | undefined;
    const find = async () => (first = (await this.pidsOf(process))[0]) ?? 0;
    await expect.poll(find, `there is a ${process} process`).toBeGreaterThan(0);
    return first ?? 0;
  }

  async close(): Promise<void> {
    await this.electron.close();
  }
}

function environment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/** Every file below the events folder, and leftovers of runs beside it. */
export async function filesOfEvents(workspace: string): Promise<string[]> {
  const entries = await readdir(path.join(workspace, 'data'), { recursive: true }).catch(() => []);
  return entries.filter((entry) => entry.endsWith('.parquet'));
}

/** Prints the last lines of main's log: a failed test leaves nothing else, since its folder is removed. */
async function showLogs(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  for (const name of names.filter((each) => each.endsWith('main.log'))) {
    const lines = (await readFile(path.join(folder, name), 'utf8')).trimEnd().split('\n');
    console.log(`${name}:\n  ${lines.slice(-15).join('\n  ')}`);
  }
}

interface Fixtures {
  folder: string;
  app: App;
}

interface WorkerFixtures {
  /** The screen of this worker; null if all share the machine's. */
  ownScreen: string | null;
}

/** Each test has its own folder, with user data and a workspace, and an app that is always ended. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  ownScreen: [
    async ({}, use, { parallelIndex }) => {
      const screen = process.env['SCREENS']?.split(',')[parallelIndex] ?? null;
      if (screen !== null) process.env['DISPLAY'] = screen;
      await use(screen);
    },
    { scope: 'worker', auto: true },
  ],
  folder: async ({}, use, testInfo) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'micro-warehouse-e2e-'));
    await use(folder);
    if (testInfo.status !== testInfo.expectedStatus) await showLogs(folder);
    await rm(folder, { recursive: true, force: true });
  },
  app: async ({ folder }, use) => {
    const workspace = path.join(folder, 'workspace');
    await mkdir(workspace);
    const app = await App.launch(path.join(folder, 'user-data'), workspace);
    await use(app);
    await app.close();
    expect(app.complaints, 'nothing was reported on the console of the page').toEqual([]);
  },
});

export { expect };
