import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { workspaceAt } from '../workspace';
import { attempt } from './attack/attempt';
import { buildTemplate } from './attack/template';

/*
 * Makes attempts, one for each number that its parent sends. A process of its own: what hangs can be killed, and what
 * crashes is noticed.
 */

async function main([parent = '', seed = '']: readonly string[]): Promise<void> {
  const own = path.join(parent, String(process.pid));
  const template = path.join(own, 'template');
  await mkdir(own, { recursive: true });
  const names = await buildTemplate(workspaceAt(template));
  process.on('message', (number) => {
    void attempt(Number(seed), Number(number), { parent: own, template, names }).then((verdict) => process.send?.(verdict));
  });
  // Whoever waits for the verdicts has been killed.
  process.on('disconnect', () => process.exit());
  process.send?.('ready');
} // prettier-ignore

void main(process.argv.slice(2));
