import { Warehouse } from '../warehouse/warehouse';
import { workspaceAt } from '../workspace';

/** Refreshes a workspace repeatedly until it is killed; prints `refreshing` each time. For the test that kills it. */
async function main(folder: string, modelsFolder: string): Promise<void> {
  const warehouse = await Warehouse.open(workspaceAt(folder), modelsFolder);
  for (;;) {
    process.stdout.write('refreshing\n');
    await warehouse.refresh();
    await warehouse.refresh({ mode: 'full' });
  }
}

const [folder = '', modelsFolder = ''] = process.argv.slice(2);
void main(folder, modelsFolder);
