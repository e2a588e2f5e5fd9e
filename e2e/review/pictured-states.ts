import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { App } from '../support/app';
import { expect, processesOf, refresh, rest, review, reviewSizes, save, test, whileStill } from '../support/pictures';

type Save = (name: string) => Promise<void>;

/** One test per size; `look` checks the expected contents. */
export function reviewed(subject: string, look: (app: App, save: Save) => Promise<void>): void {
  for (const [width, height] of reviewSizes) {
    test(`${subject} at ${width}x${height}`, async ({ demo: app }) => {
      test.skip(review === undefined, 'SCREENSHOTS names no folder for them');
      test.setTimeout(300_000);
      await app.resize(width, height);
      await look(app, (name) => save(app, `${subject}-${name}`));
    });
  }
}

/** More than a million events, so that profiles read only some days; some without a user, and two planted facts. */
const recipe =
  'mw1 realistic rows=1100000 days=2024-01-01..2025-06-18 seed=7 launch=2024-09-03*1.5 outage=2025-02-05 null-users=0.02';

export async function makeWarehouse(app: App): Promise<void> {
  await app.generate({ Recipe: recipe });
  await expect(app.window.getByText(/^Generated 1,100,000 events/)).toBeVisible({ timeout: 60_000 });
  await refresh(app);
}

/** Pauses the warehouse process, so that the window shows the state before its answers. */
export async function held(app: App, look: () => Promise<void>): Promise<void> {
  await whileStill(await processesOf(app, 'database'), look);
  await rest(app);
}

/** The process crashes more often than allowed: nothing can be read until the user restarts it. */
export async function loseWarehouse(app: App): Promise<void> {
  let killed = 0;
  const started = () => app.pidOf('database').catch(() => killed);
  for (let death = 0; death < 3; death += 1) {
    await expect.poll(started).not.toBe(killed);
    killed = await app.pidOf('database');
    process.kill(killed, 'SIGKILL');
  }
  await app.button('Restart the warehouse').waitFor();
}

export async function addModel(app: App, name: string, sql: string): Promise<void> {
  await mkdir(path.join(app.workspace, 'models'), { recursive: true });
  const header = `-- name: ${name}\n-- layer: gold\n-- kind: table\n-- grain: one row per day\n-- depends on: silver_events\n-- summary: What nobody else counts.\n`;
  await writeFile(path.join(app.workspace, 'models', `${name}.sql`), `${header}${sql};\n`);
}

export const hash = (app: App, to: string) => app.window.evaluate((place) => (window.location.hash = place), `#/${to}`);
export const tab = (app: App, name: string) => app.window.getByRole('tab', { name, exact: true }).click();
