import { setTimeout as sleep } from 'node:timers/promises';
import { toAppError } from '../../contract/app-error';
import { openWorkspace } from '../../engine/workspace';
import type { WarehouseLimits } from '../../contract/settings';
import type { RefreshState } from '../../contract/warehouse';
import { Observable } from '../../engine/observable';
import type { Warehouse, WarehouseLimitOptions } from '../../engine/warehouse/warehouse';
import { fromSupervisorSchema, type OpenOrder, type RefreshOrder, type ToSupervisor } from '../supervisor/messages';
import { serve } from '../system/rpc';
import { ClusterAccessRequests } from './cluster-access';
import { refreshCallOf, warehouseRouter } from './router';

const tell = (message: ToSupervisor) => process.parentPort.postMessage(message);

/** Created before the warehouse is opened, so that the window does not wait for DuckDB at its start. */
const refreshState = new Observable<RefreshState>({ status: 'idle' });
const clusterAccess = new ClusterAccessRequests(tell);
let opening: Promise<Warehouse> | undefined;

async function open({ folder, agreedLinks, modelsFolder, limits }: OpenOrder): Promise<Warehouse> {
  try {
    const workspace = await openWorkspace(folder, new Map(Object.entries(agreedLinks)));
    // Relative paths in SQL start at the workspace, as on the command line: 'exports/*.parquet'.
    process.chdir(workspace.folder);
    const { Warehouse } = await import('../../engine/warehouse/warehouse');
    const warehouse = await Warehouse.open(workspace, modelsFolder, {
      ...limitOptions(limits),
      refreshState,
      getClusterAccess: clusterAccess.ask,
    });
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

/** The limit in the environment is the benchmark's, and takes precedence. */
function limitOptions({ threads, memoryMb, idleReleaseMinutes }: WarehouseLimits): WarehouseLimitOptions {
  const memoryLimitMb = Number(process.env.MICRO_WAREHOUSE_MEMORY_MB) || (memoryMb ?? undefined);
  return { memoryLimitMb, threads: threads ?? undefined, idleReleaseMs: idleReleaseMinutes * 60_000 };
}

/** Output goes to the log of this process; see logs.ts. */
const note = (text: string) => void process.stdout.write(`${text}\n`);

/** Main shows the progress in the taskbar; the log gets one line for each refresh that ends. */
async function noteRefreshes(warehouse: Warehouse): Promise<void> {
  for await (const state of refreshState.follow()) {
    tell({ type: 'refresh', state, request: warehouse.refreshRequest });
    if (state.status !== 'ended') continue;
    const { outcome } = state;
    note(outcome.succeeded ? 'Refresh succeeded.' : `Refresh failed: ${outcome.error.code}: ${outcome.error.message}`);
  }
}

/** If the process crashes, main must know whether a statement rather than the refresh may be the cause. */
async function noteStatements(warehouse: Warehouse): Promise<void> {
  for await (const count of warehouse.statements.follow()) tell({ type: 'statements', running: count > 0 });
}

/** Long enough for the error to reach the caller. */
const lastWordsMs = 300;

/** A failed DuckDB answers every call with its error: main starts another process, as after a crash. */
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
  // Windows learn how it ends from the state.
  void Promise.all([opening, refreshCallOf(request, clusterAccess.ask)])
    .then(([warehouse, call]) => warehouse?.refresh({ ...call, crashedSteps }))
    .catch((error: unknown) => note(`A refresh could not start: ${toAppError(error).message}`));
}

/** A window that is closed or reloaded never asks for its results again: they are dropped with its port. */
function connect(warehouse: Promise<Warehouse>, port: Electron.MessagePortMain): void {
  const sessions = new Set<string>();
  serve(warehouseRouter(warehouse, refreshState, { sessions, clusterAccess: clusterAccess.ask }), port);
  port.once('close', () => {
    for (const sessionId of sessions)
      void warehouse.then(({ console }) => console.closeSession(sessionId)).catch(() => undefined);
  });
}

process.parentPort.on('message', ({ data, ports: [port] }) => {
  const message = fromSupervisorSchema.parse(data);
  if (message.type === 'open') {
    opening = open(message);
    // Every caller gets the error; the supervisor has been notified.
    opening.catch(() => undefined);
  } else if (message.type === 'connect' && port && opening) {
    connect(opening, port);
  } else if (message.type === 'refresh') {
    refresh(message.order);
  } else if (message.type === 'limit') {
    void opening?.then((warehouse) => warehouse.limit(limitOptions(message.limits))).catch(() => undefined);
  } else if (message.type === 'cluster-access') {
    clusterAccess.answer(message);
  } else if (message.type === 'close') {
    void Promise.resolve(opening)
      .then((warehouse) => warehouse?.close())
      .finally(() => process.exit(0));
  }
});
