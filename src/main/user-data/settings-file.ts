import { z } from 'zod';
import { settingsSchema } from '../../contract/settings';
import { agreedLinksSchema, type AgreedLink } from '../../contract/workspace';
import type { UserFiles } from './user-files';

/** Beyond this nobody looks for a folder in a menu. */
const maxRecent = 8;

const agreedLinksByFolderSchema = z.record(z.string(), agreedLinksSchema);

type AgreedLinksByFolder = z.output<typeof agreedLinksByFolderSchema>;

const storedSchema = settingsSchema.extend({
  /** The folder that was open last. */
  workspace: z.string().nullable().catch(null),
  recent: z
    .array(z.unknown())
    .catch([])
    .transform((entries) => entries.filter((entry) => typeof entry === 'string')),
  /** Links that the user has agreed to, by workspace folder. Kept here, as a workspace may come from anybody. */
  agreedLinks: agreedLinksByFolderSchema.catch({}),
});

export type Stored = z.output<typeof storedSchema>;

/** What a later version may have added is kept as it is. */
const fileSchema = z.record(z.string(), z.unknown());

/** What belongs to the user, not to a workspace: a JSON file in the app's user-data folder. */
export class SettingsFile {
  readonly #file: string;
  #work: Promise<unknown> = Promise.resolve();

  constructor(private readonly files: UserFiles) {
    this.#file = files.at('settings.json');
  }

  /** Defaults for what is not there or can't be read: settings are never worth a failed start. */
  read(): Promise<Stored> {
    return this.#inTurn(async () => storedSchema.parse(await this.#read()));
  }

  /** Changes some of it, one change after the other, so that none is lost to another. */
  update(change: (stored: Stored) => Partial<Stored>): Promise<Stored> {
    return this.#inTurn(async () => {
      const inFile = await this.#read();
      const stored = storedSchema.parse(inFile);
      const changed = { ...stored, ...change(stored) };
      await this.files.replace(this.#file, JSON.stringify({ ...inFile, ...changed }, null, 2), { onDisk: true });
      return changed;
    });
  }

  /** @returns the file's content, every value of ours in it usable */
  async #read(): Promise<Record<string, unknown>> {
    const value = await this.files.readJson(this.#file);
    if (value === undefined) return {};
    const { data } = fileSchema.safeParse(value);
    if (!data) {
      await this.files.setAside(this.#file, "it doesn't contain settings");
      return {};
    }
    const stored = storedSchema.parse(data);
    const replaced = Object.entries(stored).filter(([name, usable]) => name in data && !isSame(data[name], usable));
    if (replaced.length === 0) return data;
    const names = replaced.map(([name]) => name).join(', ');
    await this.files.keepCopy(this.#file, `it has invalid values (${names})`);
    const repaired = { ...data, ...stored };
    await this.files.replace(this.#file, JSON.stringify(repaired, null, 2), { onDisk: true }).catch(() => undefined);
    return repaired;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#work.then(work);
    this.#work = done.catch(() => undefined);
    return done;
  }
}

/** For values that come from JSON. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The folder in front of those that were open before it. */
export function withRecent(recent: readonly string[], folder: string): string[] {
  return [folder, ...recent.filter((other) => other !== folder)].slice(0, maxRecent);
}

/** The links of a workspace that the user has agreed to: by path, the target. */
export function agreedLinksOf({ agreedLinks }: Stored, folder: string): Map<string, string> {
  return new Map(Object.entries(agreedLinks[folder] ?? {}));
}

/** With one link more; another target takes the place of the one before. */
export function withAgreedLink(
  agreedLinks: AgreedLinksByFolder,
  folder: string,
  { path: name, target }: AgreedLink,
): AgreedLinksByFolder {
  return { ...agreedLinks, [folder]: { ...agreedLinks[folder], [name]: target } };
}
