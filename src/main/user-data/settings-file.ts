import { z } from 'zod';
import { settingsSchema } from '../../contract/settings';
import { agreedLinksSchema, type AgreedLink } from '../../contract/workspace';
import type { UserFiles } from './user-files';

/** Most entries that are useful in a menu. */
const maxRecent = 8;

const agreedLinksByFolderSchema = z.record(z.string(), agreedLinksSchema);

type AgreedLinksByFolder = z.output<typeof agreedLinksByFolderSchema>;

const storedSchema = settingsSchema.extend({
  /** The last open folder. */
  workspace: z.string().nullable().catch(null),
  recent: z
    .array(z.unknown())
    .catch([])
    .transform((entries) => entries.filter((entry) => typeof entry === 'string')),
  /**
   * Links that the user has allowed, by workspace folder. Stored here, because a workspace may be from someone else.
   */
  agreedLinks: agreedLinksByFolderSchema.catch({}),
});

export type Stored = z.output<typeof storedSchema>;

/** Unknown values, such as those of a later version, are kept. */
const fileSchema = z.record(z.string(), z.unknown());

/** Settings of the user, not of a workspace: a JSON file in the app's user-data folder. */
export class SettingsFile {
  readonly #file: string;
  #work: Promise<unknown> = Promise.resolve();

  constructor(private readonly files: UserFiles) {
    this.#file = files.at('settings.json');
  }

  /** Defaults for missing or unreadable values: the app must start with any settings file. */
  read(): Promise<Stored> {
    return this.#inTurn(async () => storedSchema.parse(await this.#read()));
  }

  /** Applies changes one after the other, so that none is lost. */
  update(change: (stored: Stored) => Partial<Stored>): Promise<Stored> {
    return this.#inTurn(async () => {
      const inFile = await this.#read();
      const stored = storedSchema.parse(inFile);
      const changed = { ...stored, ...change(stored) };
      await this.files.replace(this.#file, JSON.stringify({ ...inFile, ...changed }, null, 2), { onDisk: true });
      return changed;
    });
  }

  /** @returns the file's content with valid values for all known settings */
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

/** Puts the folder in front of the recent ones. */
export function withRecent(recent: readonly string[], folder: string): string[] {
  return [folder, ...recent.filter((other) => other !== folder)].slice(0, maxRecent);
}

/** The links of a workspace that the user has allowed: target by path. */
export function agreedLinksOf({ agreedLinks }: Stored, folder: string): Map<string, string> {
  return new Map(Object.entries(agreedLinks[folder] ?? {}));
}

/** Adds a link; a new target replaces an earlier one. */
export function withAgreedLink(
  agreedLinks: AgreedLinksByFolder,
  folder: string,
  { path: name, target }: AgreedLink,
): AgreedLinksByFolder {
  return { ...agreedLinks, [folder]: { ...agreedLinks[folder], [name]: target } };
}
