import { toAppError } from '../contract/app-error';
import { openWorkspace } from '../engine/workspace';
import { Warehouse } from '../engine/warehouse/warehouse';
import { fromSupervisorSchema, type ToSupervisor } from './supervisor-messages';
import { serve } from './rpc';
import { warehouseRouter } from './warehouse-router';

const tell = (message: ToSupervisor) => process.parentPort.postMessage(message);

let opening: Promise<Warehouse> | undefined;

async function open(folder: string, modelsFolder: string): Promise<Warehouse> {
  try {
    const memoryLimitMb = Number(process.env.MICRO_WAREHOUSE_MEMORY_MB) || undefined;
    const warehouse = await Warehouse.open(await openWorkspace(folder), modelsFolder, { memoryLimitMb });
    tell({ type: 'ready' });
    note(`Opened ${folder}.`);
    void noteRefreshes(warehouse);
    return warehouse;
  } catch (error) {
    note(`Could not open ${folder}: ${toAppError(error).message}`);
    tell({ type: 'failed', error: toAppError(error).toReport() });
    throw error;
  }
}

/** What is printed goes into the log of this process; see logs.ts. */
const note = (text: string) => void process.stdout.write(`${text}\n`);

/** One line for each refresh that ends. */
async function noteRefreshes(warehouse: Warehouse): Promise<void> {
  for await (const state of warehouse.refreshState.follow()) {
    if (state.status !== 'ended') continue;
    const { outcome } = state;
    note(outcome.succeeded ? 'Refresh succeeded.' : `Refresh failed: ${outcome.error.code}: ${outcome.error.message}`);
  }
}

/** A window that is closed or loaded again will never ask for its results any more: they go with its port. */
function connect(warehouse: Warehouse, port: Electron.MessagePortMain): void {
  const sessions = new Set<string>();
  serve(
    warehouseRouter(warehouse, (sessionId) => sessions.add(sessionId)),
    port,
  );
  port.once('close', () => {
    for (const sessionId of sessions) warehouse.console.closeSession(sessionId).catch(() => undefined);
  });
}

process.parentPort.on('message', ({ data, ports: [port] }) => {
  const message = fromSupervisorSchema.parse(data);
  if (message.type === 'open') {
    opening = open(message.folder, message.modelsFolder);
    // Whoever needs the warehouse meets the failure; the supervisor has been told.
    opening.catch(() => undefined);
  } else if (message.type === 'connect' && port) {
    void opening?.then((warehouse) => connect(warehouse, port));
  } else if (message.type === 'refresh') {
    // How it ends is told by the state that windows follow.
    void opening?.then((warehouse) => warehouse.refresh()).catch(() => undefined);
  } else if (message.type === 'close') {
    void Promise.resolve(opening)
      .then((warehouse) => warehouse?.close())
      .finally(() => process.exit(0));
  }
});
