import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const settingsSchema = z.object({
  /** The folder that was open last. */
  workspace: z.string().nullable().default(null),
});

export type Settings = z.output<typeof settingsSchema>;

/** Settings that belong to the user, not to a workspace: a JSON file in the app's user-data folder. */
export class SettingsFile {
  readonly #file: string;

  constructor(userDataFolder: string) {
    this.#file = path.join(userDataFolder, 'settings.json');
  }

  /** Defaults where there is no file, or one that can't be read: settings are never worth a failed start. */
  async read(): Promise<Settings> {
    try {
      return settingsSchema.parse(JSON.parse(await readFile(this.#file, 'utf8')));
    } catch {
      return settingsSchema.parse({});
    }
  }

  /** Written aside and renamed, so that a crash leaves the old or the new. */
  async write(settings: Settings): Promise<void> {
    await mkdir(path.dirname(this.#file), { recursive: true });
    await writeFile(`${this.#file}.new`, JSON.stringify(settings, null, 2));
    await rename(`${this.#file}.new`, this.#file);
  }
}
