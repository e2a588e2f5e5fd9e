import { chmodSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { workspaceAt } from '../workspace';
import { giveTo, nobody } from './as-nobody';
import { attempt } from './attack/attempt';
import { buildTemplate } from './attack/template';

/*
 * Runs an attempt for each number that its parent sends. A separate process, so that a hanging attempt can be killed
 * and a crash is noticed.
 */

/** Permissions mean nothing to root. */
function becomeNobody(parent: string, own: string): void {
  if (process.getuid?.() !== 0 || !process.setuid || !process.setgid || !process.setgroups) return;
  chmodSync(parent, 0o755);
  giveTo(nobody, own);
  process.setgroups([nobody]);
  process.setgid(nobody);
  process.setuid(nobody);
}

async function main([parent = '', seed = '']: readonly string[]): Promise<void> {
  const own = path.join(parent, String(process.pid));
  const template = path.join(own, 'template');
  await mkdir(own, { recursive: true });
  const names = await buildTemplate(workspaceAt(template));
  becomeNobody(parent, own);
  process.on('message', (number) => {
    void attempt(Number(seed), Number(number), { parent: own, template, names }).then((verdict) => process.send?.(verdict));
  });
  // The process that waits for the verdicts was killed.
  process.on('disconnect', () => process.exit());
  process.send?.('ready');
} // prettier-ignore

void main(process.argv.slice(2));
