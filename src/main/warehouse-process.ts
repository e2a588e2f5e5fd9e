import { toAppError } from '../contract/app-error';
import { openWorkspace } from '../engine/workspace';
import { Warehouse } from '../engine/warehouse/warehouse';
import type { ToSupervisor } from './supervisor-messages';
import { serve } from './rpc';
import { warehouseRouter } from './warehouse-router';

const [workspaceFolder = '', modelsFolder = ''] = process.argv.slice(2);
const tell = (message: ToSupervisor) => process.parentPort.postMessage(message);

/** Ports may arrive before the warehouse is open: they wait for it. */
const opening = openWorkspace(workspaceFolder).then((workspace) => Warehouse.open(workspace, modelsFolder));

opening.then(
  () => tell({ type: 'ready' }),
  (error: unknown) => tell({ type: 'failed', error: toAppError(error).toReport() }),
);

process.parentPort.on('message', ({ data, ports: [port] }) => {
  if (port) void opening.then((warehouse) => serve(warehouseRouter(warehouse), port));
  else if (data === 'close') void opening.then((warehouse) => warehouse.close()).finally(() => process.exit(0));
});
