import { readFileSync } from 'node:fs';
import { clusterAccessSchema } from '../../../contract/cluster';
import { Warehouse } from '../../warehouse/warehouse';
import { workspaceAt } from '../../workspace';

/** A refresh on the cluster in a process of its own, for tests that kill it: folder, models, file with the access. */
async function main([folder = '', models = '', accessFile = '']: readonly string[]): Promise<void> {
  const access = clusterAccessSchema.parse(JSON.parse(readFileSync(accessFile, 'utf8')));
  const warehouse = await Warehouse.open(workspaceAt(folder), models);
  await warehouse.refresh({
    on: 'cluster',
    cluster: access,
    onSteps: (steps) => {
      const running = steps.filter(({ status }) => status === 'running').map(({ name }) => name);
      if (running.length > 0) process.stdout.write(`${running.join('\n')}\n`);
    },
  });
}

void main(process.argv.slice(2));
