import { execFileSync } from 'node:child_process';
import { chmod, link, lstat, mkdir, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { HostileWorkspace } from '../hostile-folder';
import type { SeededRandom } from '../seeded-random';
import { fillWithStrangers, oddNames } from './listing';
import type { Place } from './places';
import type { TemplateNames } from './template';

/** The place for a trap. */
export interface Spot {
  readonly hostile: HostileWorkspace;
  readonly place: Place;
  readonly names: TemplateNames;
  /** The absolute path of the place; its parent folder exists. */
  readonly file: string;
  readonly random: SeededRandom;
}

/** Something that a stranger may have put at a place. */
export interface Kind {
  readonly name: string;
  readonly fits: (place: Place) => boolean;
  /** The place has the contents of the template. */
  readonly set: (spot: Spot) => Promise<void>;
}

export function pick<T>(random: SeededRandom, from: readonly [T, ...T[]]): T {
  return from[random.below(from.length)] ?? from[0];
}

/** Ids, names and paths that lead elsewhere, or that no file system accepts. */
export const hostileTexts = [
  '..', '../..', '../../..', '../../../../Documents', '../../../../Documents/note.txt', '../../../Documents/empty/x',
  'date=2025-01-01/../../../../../Documents/date=2025-01-01/events-mine.parquet', '..\\..\\Documents\\note.txt',
  '', '.', '/', '//', '~', '/dev/zero', '/proc/self/mem', 'a\0b', '\0', 'a\nb', '\u001B[2J\u001B]0;x\u0007', '\u202Efdp',
  'x'.repeat(255), 'x'.repeat(5000), `date=2024-01-02/events-${'x'.repeat(250)}.parquet`, 'date=2024-01-02/../date=2024-01-03',
  'date=0000-00-00/events-x.parquet', 'date=2024-02-30', 'data/events', '__proto__', 'CON', 'nul.sql', ' ', '%2e%2e%2f', '\uD800',
  "'; ATTACH '/dev/null' AS x; --", '*', '{}', '-rf',
] as const; // prettier-ignore

const any = () => true;
const files = ({ kind }: Place) => kind !== 'folder';
const folders = ({ kind }: Place) => kind === 'folder';
const json = ({ kind }: Place) => kind === 'json';

const clear = (file: string) => rm(file, { recursive: true, force: true });

/** A kind that replaces the existing entry. */
function instead(name: string, fits: Kind['fits'], make: Kind['set']): Kind {
  const set = async (spot: Spot) => {
    await clear(spot.file);
    await make(spot);
  };
  return { name, fits, set };
}

const linkTo = (name: string, target: (spot: Spot) => string, fits: Kind['fits'] = any) =>
  instead(`link to ${name}`, fits, async (spot) => symlink(target(spot), spot.file));

const text = (name: string, content: (spot: Spot) => string | Uint8Array, fits: Kind['fits'] = files) =>
  instead(name, fits, async (spot) => writeFile(spot.file, content(spot)));

/** Moves the entry at the place out of the workspace. @returns its new path */
async function moveOut({ hostile, place, file }: Spot): Promise<string> {
  const outside = path.join(hostile.documents, `moved-${path.basename(file)}`);
  if (await lstat(file).catch(() => null)) await rename(file, outside);
  else if (place.kind === 'folder') await mkdir(outside);
  else await writeFile(outside, 'mine');
  return outside;
}

const links: readonly Kind[] = [
  linkTo('a folder outside', ({ hostile }) => hostile.documents),
  linkTo('a folder outside, relative', ({ hostile, file }) => path.relative(path.dirname(file), hostile.documents)),
  linkTo('the home folder', ({ hostile }) => hostile.home),
  linkTo("another workspace's events", ({ hostile }) => path.join(hostile.home, 'Projects/another/data/events')),
  linkTo('a day outside', ({ hostile }) => path.join(hostile.documents, 'date=2025-01-01')),
  linkTo('a file outside', ({ hostile }) => path.join(hostile.documents, 'note.txt')),
  linkTo('nothing outside', ({ hostile }) => path.join(hostile.documents, 'new')),
  linkTo('nothing in a folder that is missing', ({ hostile }) => path.join(hostile.documents, 'no', 'new')),
  linkTo('itself', ({ file }) => file),
  linkTo('the workspace', ({ hostile }) => hostile.workspace.folder),
  linkTo('its parent folder', ({ file }) => path.dirname(file)),
  linkTo('an endless device', () => '/dev/zero'),
  {
    name: 'link to a link that leads outside',
    fits: any,
    set: async ({ hostile, file }) => {
      await clear(file);
      await symlink(hostile.documents, path.join(hostile.workspace.folder, 'way'));
      await symlink(path.join(hostile.workspace.folder, 'way'), file);
    },
  },
  {
    name: 'link to what was here, which is outside now',
    fits: any,
    set: async (spot) => symlink(await moveOut(spot), spot.file),
  },
  {
    name: 'hard link to what was here, which is outside now',
    fits: files,
    set: async (spot) => link(await moveOut(spot), spot.file),
  },
  instead('hard link to a file outside', files, ({ hostile, file }) => link(path.join(hostile.documents, 'note.txt'), file)),
]; // prettier-ignore

const things: readonly Kind[] = [
  instead('nothing', any, async () => undefined),
  instead('named pipe', any, async ({ file }) => void execFileSync('mkfifo', [file])),
  instead('empty folder', files, ({ file }) => mkdir(file).then(() => undefined)),
  instead('folder with a file', files, async ({ file }) => {
    await mkdir(file);
    await writeFile(path.join(file, 'events-x.parquet'), 'x');
  }),
  text('file in place of a folder', () => 'x', folders),
  text('empty file', () => ''),
  text('binary rubbish', ({ random }) => Uint8Array.from({ length: 5000 }, () => random.below(256))),
  text('zeros', () => new Uint8Array(100_000)),
  text('SQL that acts', ({ hostile }) => `COPY (SELECT 1) TO '${hostile.documents}/new.csv'`),
  instead('huge file', files, async ({ file }) => {
    await writeFile(file, '');
    // A sparse file, which takes no space.
    await truncate(file, 3_000_000_000);
  }),
  {
    name: 'half of it',
    fits: files,
    set: async ({ file }) => {
      const found = await lstat(file).catch(() => null);
      if (found?.isFile()) await truncate(file, Math.floor(found.size / 2));
      else await writeFile(file, '{');
    },
  },
  ...[0o000, 0o111, 0o444, 0o555].map((mode): Kind => ({
    name: `permissions ${mode.toString(8).padStart(3, '0')}`,
    fits: any,
    set: async ({ file }) => chmod(file, mode).catch(() => undefined),
  })),
  {
    name: 'odd names',
    fits: folders,
    set: async ({ file }) => {
      await mkdir(file, { recursive: true });
      for (const name of oddNames) await writeFile(path.join(file, name), 'x', { flag: 'wx' }).catch(() => undefined);
      for (const name of ['date=2024-02-30', 'date=9999-12-31', 'date=2024-01-02 ', 'x\ny', '20250101T000000000-bbbbbb'])
        await mkdir(path.join(file, name), { recursive: true });
    },
  },
  {
    name: 'links inside',
    fits: folders,
    set: async ({ hostile, file }) => {
      await mkdir(file, { recursive: true });
      const { documents } = hostile;
      for (const name of ['20250101T000000000-cccccc', 'date=2025-01-01', 'events', 'replaced', 'events-x.parquet', 'note.txt', 'journal.json', 'x.sql'])
        await symlink(name.startsWith('events-') ? path.join(documents, 'note.txt') : documents, path.join(file, name)).catch(() => undefined);
    },
  },
]; // prettier-ignore

const listing: Kind = {
  name: 'hostile listing',
  fits: folders,
  set: async ({ hostile, file, random }) => {
    // The place may be a file that an earlier trap has put there.
    await mkdir(file, { recursive: true });
    await fillWithStrangers(file, hostile.documents, random);
  },
};

const documents: readonly Kind[] = [
  text('torn JSON', () => '{"version":1,"replaced":["', json),
  text('JSON of another schema', ({ random }) => pick(random, ['null', '[]', '{}', '1e999', '"x"', '{"version":2}', '{"id":{}}']), json),
  text('JSON nested deeply', () => '['.repeat(1_000_000), json),
  text('many lines', () => '{"runId":"x"}\n'.repeat(200_000), json),
  ...hostileTexts.map((hostile, index): Kind => {
    const name = `forged text ${index} (${JSON.stringify(hostile.slice(0, 40))})`;
    return text(name, ({ place, names }) => `${JSON.stringify(place.forge?.(hostile, names))}\n`, json);
  }),
  text('forged path of a neighbour', ({ place, names, hostile }) => JSON.stringify(place.forge?.(path.join(hostile.documents, 'note.txt'), names)), json),
]; // prettier-ignore

export const kinds: readonly Kind[] = [...links, ...things, ...documents, listing];
