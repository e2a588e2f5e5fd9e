import { renameSync, symlinkSync, unlinkSync } from 'node:fs';
import { randomOf } from './seeded-random';

/*
 * Exchanges a folder for a link and back, again and again at random moments, until it is killed: an attacker who waits
 * for the moment between the check of a path and its use. Each exchange prints a line.
 */

const [folder = '', target = '', seed = ''] = process.argv.slice(2);
const random = randomOf(Number(seed));
const aside = `${folder}.aside`;

function spin(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

function attempt(change: () => void): boolean {
  try {
    change();
    return true;
  } catch {
    // The job has removed or made it meanwhile.
    return false;
  }
}

function exchange(): void {
  if (!attempt(() => renameSync(folder, aside))) return spin(0.2);
  if (attempt(() => symlinkSync(target, folder))) {
    spin(random.next() * 3);
    attempt(() => unlinkSync(folder));
  }
  attempt(() => renameSync(aside, folder));
  spin(random.next() * 3);
}

process.stdout.write('ready\n');
for (;;) exchange();
