import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import type { SeededRandom } from '../seeded-random';

/** Names that no program expects, or that ours gives to entries of its own. */
export const oddNames = [
  'x'.repeat(255), `events-${'x'.repeat(240)}.parquet`, 'events-\n\u001B[2J.parquet', '\u202Eevents-x.parquet', 'events-*.parquet',
  "events-'\".parquet", 'events-{a,b}.parquet', `${'q'.repeat(251)}.sql`, 'a\nb.sql', '.export.', '.copy.1.aaaaaaaa.00000000.aaaaaaaaaaaa',
  '.x.parquet.99999999999999999999.new', '..new', ' ', '-rf', '__proto__',
]; // prettier-ignore

const ourNames = [
  'date=2024-01-03', 'date=2024-01-08', 'DATE=2024-01-08', 'date=2024-13-01', 'date=', '20250101T000000000-dddddd',
  '20250101T000000000-eeeeee.discarded', 'events', 'events-a.parquet', '.gold_daily_revenue.parquet.3.new', 'gold_daily_revenue.parquet',
  'mine.sql', 'x.SQL', 'deletion.json', 'journal.json', '.unfinished.1.aaaaaaaa.00000000.aaaaaaaaaaaa', 'new.duckdb', 'new.duckdb.wal',
]; // prettier-ignore

const shownNames = [
  'é'.repeat(127),
  '\u0007\u009b31m.sql',
  '\\',
  '$(id)',
  '<b>x</b>.sql',
  '\r\nError: fake',
  'a\u2028b',
];

/** On Linux a name need not be text. */
const bytes = ['\xff\xfe', 'date=\xff', 'events-\xff.parquet', '\xc3(.sql'].map((name) => Buffer.from(name, 'latin1'));

const names = [...[...oddNames, ...ourNames, ...shownNames].map((name) => Buffer.from(name)), ...bytes];

/** Puts something at a path. */
type Put = (file: Buffer, documents: string) => Promise<unknown>;

const puts: readonly Put[] = [
  // Not into a pipe that has the name already.
  (file) => writeFile(file, 'x', { flag: 'wx' }),
  (file) => mkdir(file),
  (file, documents) => symlink(documents, file),
  (file, documents) => symlink(`${documents}/note.txt`, file),
  (file, documents) => symlink(`${documents}/new`, file),
  (file) => symlink(file, file),
  (file) => putOdd('pipe', file),
  (file) => putOdd('socket', file),
];

/** Node can't create these at a path that isn't text. */
async function putOdd(kind: 'pipe' | 'socket', file: Buffer): Promise<void> {
  const script = {
    pipe: 'use POSIX; mkfifo(pack("H*", shift), 0600) or die $!',
    socket: 'use Socket; socket(S, AF_UNIX, SOCK_STREAM, 0); bind(S, pack_sockaddr_un(pack("H*", shift))) or die $!',
  }[kind];
  execFileSync('perl', ['-e', script, file.toString('hex')], { stdio: 'ignore' });
}

/** Most pipes and sockets of a listing; each costs a process. */
const mostOdd = 3;

/**
 * Fills a folder with entries of hostile names and kinds: files, folders, links, named pipes and sockets.
 * @param documents the folder outside that links lead to
 */
export async function fillWithStrangers(folder: string, documents: string, random: SeededRandom): Promise<void> {
  let odd = 0;
  for (let count = 0; count < 40; count += 1) {
    const name = names[random.below(names.length)] ?? Buffer.from('x');
    const choice = odd < mostOdd ? random.below(puts.length) : random.below(puts.length - 2);
    if (choice >= puts.length - 2) odd += 1;
    // Several may draw the same name; that of a socket can have 107 bytes.
    await puts[choice]?.(Buffer.concat([Buffer.from(`${folder}/`), name]), documents).catch(() => undefined);
  }
}
