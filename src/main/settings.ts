import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { settingsSchema } from '../contract/settings';

/** Beyond this nobody looks for a folder in a menu. */
const maxRecent = 8;

const storedSchema = settingsSchema.extend({
  /** The folder that was open last. */
  workspace: z.string().nullable().catch(null),
  recent: z.array(z.string()).catch([]),
});

export type Stored = z.output<typeof storedSchema>;

/** What belongs to the user, not to a workspace: a JSON file in the app's user-data folder. */
export class SettingsFile {
  readonly #file: string;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(userDataFolder: string) {
    this.#file = path.join(userDataFolder, 'settings.json');
  }

  /** Defaults for what is not there or can't be read: settings are never worth a failed start. */
  async read(): Promise<Stored> {
    try {
      return storedSchema.parse(JSON.parse(await readFile(this.#file, 'utf8')));
    } catch {
      return storedSchema.parse({});
    }
  }

  /** Changes some of it, one change after the other, so that none is lost to another. */
  update(change: (stored: Stored) => Partial<Stored>): Promise<Stored> {
    const next = this.#writing.then(async () => {
      const stored = await this.read();
      const changed = { ...stored, ...change(stored) };
      await this.#write(changed);
      return changed;
    });
    this.#writing = next.catch(() => undefined);
    return next;
  }

  /** Written aside and renamed, so that a crash leaves the old or the new. */
  async #write(stored: Stored): Promise<void> {
    await mkdir(path.dirname(this.#file), { recursive: true });
    await writeFile(`${this.#file}.new`, JSON.stringify(stored, null, 2));
    await rename(`${this.#file}.new`, this.#file);
  }
}

/** The folder in front of those that were open before it. */
export function withRecent(recent: readonly string[], folder: string): string[] {
  return [folder, ...recent.filter((other) => other !== folder)].slice(0, maxRecent);
}
