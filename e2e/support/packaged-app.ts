import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { chromium, type Browser } from '@playwright/test';
import { AppWindow } from './app';

export interface PackagedOptions {
  readonly executable: string;
  /** The current folder, and the home folder for the app's files. */
  readonly folder: string;
  /** Runs the app as this user. */
  readonly uid?: number;
  /** In addition to those of each launch. */
  readonly args?: readonly string[];
}

/** Starts a packaged app with a workspace and a user-data folder of its own. */
export function spawnPackaged({
  executable,
  folder,
  uid,
  args = [],
}: PackagedOptions): ChildProcessByStdio<null, null, Readable> {
  const asRoot = (uid ?? process.getuid?.()) === 0;
  const all = [
    ...(asRoot && process.platform === 'linux' ? ['--no-sandbox'] : []),
    `--user-data-dir=${path.join(folder, 'user-data')}`,
    '--workspace',
    path.join(folder, 'workspace'),
    ...args,
  ];
  return spawn(executable, all, {
    cwd: folder,
    env: { ...process.env, HOME: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
}

/**
 * The test build of the packaged app. Its fuses block Playwright's access to Electron (no Node inspector), so the
 * window is driven through Chromium's debugging port, which the shipped build refuses to open.
 */
export class PackagedApp extends AppWindow {
  private constructor(
    private readonly child: ChildProcess,
    private readonly browser: Browser,
    ...window: ConstructorParameters<typeof AppWindow>
  ) {
    super(...window);
  }

  static async launch(options: PackagedOptions): Promise<PackagedApp> {
    const workspace = path.join(options.folder, 'workspace');
    const child = spawnPackaged({ ...options, args: ['--remote-debugging-port=0', ...(options.args ?? [])] });
    try {
      // No defaults: Electron has none of a browser's download settings.
      const browser = await chromium.connectOverCDP(await debuggingAddress(child), { noDefaults: true });
      const context = browser.contexts()[0];
      if (!context) throw new Error('The packaged app has no window.');
      const app = new PackagedApp(
        child,
        browser,
        context.pages()[0] ?? (await context.waitForEvent('page')),
        workspace,
      );
      await app.ready();
      return app;
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  /** Closes the window as a user would. @returns the exit code of the app, which then ends by itself */
  async quit(): Promise<number | null> {
    const exit = once(this.child, 'exit');
    await this.window.close();
    const [code] = await exit;
    await this.browser.close().catch(() => undefined);
    return typeof code === 'number' ? code : null;
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }
}

/** Chromium prints the address of its debugging port to stderr. */
async function debuggingAddress({ stderr }: ChildProcessByStdio<null, null, Readable>): Promise<string> {
  const said: string[] = [];
  // The pipe is read until the app ends, so that it doesn't fill up.
  const lines = createInterface(stderr);
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      said.push(line);
      const address = /^DevTools listening on (\S+)/.exec(line)?.[1];
      if (address) resolve(address);
    });
    lines.once('close', () => reject(new Error(`The packaged app ended at its start:\n${said.join('\n')}`)));
  });
}

/**
 * Linux: every process of a program in the folder, with its command line and whether it runs under a seccomp filter.
 */
export function processesOf(folder: string): { pid: number; command: string; filtered: boolean }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        if (!readlinkSync(`/proc/${pid}/exe`).startsWith(folder + path.sep)) return [];
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        return [{ pid: Number(pid), command, filtered: /^Seccomp:\s*2$/m.test(status) }];
      } catch {
        return []; // ended meanwhile, or not ours to look at
      }
    });
}
