import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { workspaceAt } from '../workspace';
import { attempt } from './attack/attempt';
import { buildTemplate } from './attack/template';

/*
 * Runs an attempt for each number that its parent sends. A separate process, so that a hanging attempt can be killed
 * and a crash is noticed.
 */

async function main([parent = '', seed = '']: readonly string[]): Promise<void> {
  const own = path.join(parent, String(process.pid));
  const template = path.join(own, 'template');
  await mkdir(own, { recursive: true });
  const names = await buildTemplate(workspaceAt(template));
  process.on('message', (number) => {
    void attempt(Number(seed), Number(number), { parent: own, template, names }).then((verdict) => process.send?.(verdict));
  });
  // The process that waits for the verdicts was killed.
  process.on('disconnect', () => process.exit());
  process.send?.('ready');
} // prettier-ignore

void main(process.argv.slice(2));
