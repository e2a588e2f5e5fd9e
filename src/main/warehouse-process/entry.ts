import { setTimeout as sleep } from 'node:timers/promises';
import { toAppError } from '../../contract/app-error';
import { openWorkspace } from '../../engine/workspace';
import type { WarehouseLimits } from '../../contract/settings';
import type { RefreshState } from '../../contract/warehouse';
import { Observable } from '../../engine/observable';
import type { Warehouse, WarehouseLimitOptions } from '../../engine/warehouse/warehouse';
import { fromSupervisorSchema, type OpenOrder, type RefreshOrder, type ToSupervisor } from '../supervisor/messages';
import { serve } from '../system/rpc';
import { warehouseRouter } from './router';

const tell = (message: ToSupervisor) => process.parentPort.postMessage(message);

/** Known before there is a warehouse to refresh, so that the window need not wait for DuckDB at its start. */
const refreshState = new Observable<RefreshState>({ status: 'idle' });
let opening: Promise<Warehouse> | undefined;

async function open({ folder, agreedLinks, modelsFolder, limits }: OpenOrder): Promise<Warehouse> {
  try {
    const workspace = await openWorkspace(folder, new Map(Object.entries(agreedLinks)));
    // A relative path in SQL is meant from the workspace, as on the command line: 'exports/*.parquet'.
    process.chdir(workspace.folder);
    const { Warehouse } = await import('../../engine/warehouse/warehouse');
    const warehouse = await Warehouse.open(workspace, modelsFolder, { ...limitOptions(limits), refreshState });
    tell({ type: 'ready' });
    note(`Opened ${folder}.`);
    void noteRefreshes(warehouse);
    void noteStatements(warehouse);
    void endWhenFailed(warehouse);
    return warehouse;
  } catch (error) {
    note(`Could not open ${folder}: ${toAppError(error).message}`);
    tell({ type: 'failed', error: toAppError(error).toReport() });
    throw error;
  }
}

/** The environment's limit is the benchmark's, and comes first. */
function limitOptions({ threads, memoryMb, idleReleaseMinutes }: WarehouseLimits): WarehouseLimitOptions {
  const memoryLimitMb = Number(process.env.MICRO_WAREHOUSE_MEMORY_MB) || (memoryMb ?? undefined);
  return { memoryLimitMb, threads: threads ?? undefined, idleReleaseMs: idleReleaseMinutes * 60_000 };
}

/** What is printed goes into the log of this process; see logs.ts. */
const note = (text: string) => void process.stdout.write(`${text}\n`);

/** Main shows how a refresh stands in the taskbar; the log gets one line for each that ends. */
async function noteRefreshes(warehouse: Warehouse): Promise<void> {
  for await (const state of refreshState.follow()) {
    tell({ type: 'refresh', state, request: warehouse.refreshRequest });
    if (state.status !== 'ended') continue;
    const { outcome } = state;
    note(outcome.succeeded ? 'Refresh succeeded.' : `Refresh failed: ${outcome.error.code}: ${outcome.error.message}`);
  }
}

/** Where the process crashes, main must not blame the refresh for what a statement may have done. */
async function noteStatements(warehouse: Warehouse): Promise<void> {
  for await (const count of warehouse.statements.follow()) tell({ type: 'statements', running: count > 0 });
}

/** Long enough for the error to reach whoever ran the statement. */
const lastWordsMs = 300;

/** A DuckDB that has failed answers nothing but its error: main starts another process, as after a crash. */
async function endWhenFailed(warehouse: Warehouse): Promise<void> {
  for await (const error of warehouse.failure.follow()) {
    if (!error) continue;
    note(`DuckDB has failed: ${error.message}`);
    tell({ type: 'duckdb-failed', error: error.toReport() });
    await sleep(lastWordsMs);
    // Not `exit`, which waits for statements that DuckDB does not stop.
    process.kill(process.pid, 'SIGKILL');
  }
}

function refresh({ request, crashedSteps }: RefreshOrder): void {
  // How it ends is told by the state that windows follow.
  void opening?.then((warehouse) => warehouse.refresh({ ...request, crashedSteps })).catch(() => undefined);
}

/** A window that is closed or loaded again will never ask for its results any more: they go with its port. */
function connect(warehouse: Promise<Warehouse>, port: Electron.MessagePortMain): void {
  const sessions = new Set<string>();
  serve(warehouseRouter(warehouse, refreshState, sessions), port);
  port.once('close', () => {
    for (const sessionId of sessions)
      void warehouse.then(({ console }) => console.closeSession(sessionId)).catch(() => undefined);
  });
}

process.parentPort.on('message', ({ data, ports: [port] }) => {
  const message = fromSupervisorSchema.parse(data);
  if (message.type === 'open') {
    opening = open(message);
    // Whoever needs the warehouse meets the failure; the supervisor has been told.
    opening.catch(() => undefined);
  } else if (message.type === 'connect' && port && opening) {
    connect(opening, port);
  } else if (message.type === 'refresh') {
    refresh(message.order);
  } else if (message.type === 'limit') {
    void opening?.then((warehouse) => warehouse.limit(limitOptions(message.limits))).catch(() => undefined);
  } else if (message.type === 'close') {
    void Promise.resolve(opening)
      .then((warehouse) => warehouse?.close())
      .finally(() => process.exit(0));
  }
});
