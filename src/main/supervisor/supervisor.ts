import { MessageChannelMain, type MessagePortMain, type UtilityProcess } from 'electron';
import type { WarehouseLimits } from '../../contract/settings';
import { toAppError, type ErrorReport } from '../../contract/app-error';
import type { ClusterAccess } from '../../contract/cluster';
import { refreshRequestSchema, type RefreshState } from '../../contract/warehouse';
import type { AppState, WarehouseStatus } from '../../contract/workspace';
import { Observable } from '../../engine/observable';
import type { Workspace } from '../../engine/workspace';
import { exitReason } from '../system/exit-reason';
import { logProcess } from '../logs/logs';
import { modelsFolder } from '../system/resources';
import { resumedRefresh } from './interrupted-refresh';
import { toSupervisorSchema, type FromSupervisor, type RefreshOrder, type ToSupervisor } from './messages';
import { forkWarehouse } from './fork';

/** More crashes than this within the span, and another restart won't help. */
const maxDeaths = 3;
const deathSpanMs = 60_000;
/**
 * The same for processes that ended themselves because DuckDB had failed. Such a restart is quick, and a user may well
 * retry the statement a few times.
 */
const maxFailures = 10;
const newRefresh: RefreshOrder = { request: refreshRequestSchema.parse({}), crashedSteps: {} };
const closeTimeoutMs = 2_000;

/** Keeps the warehouse process of the open workspace alive and connects windows to it. */
export class WarehouseSupervisor {
  /** State of the refresh in the open workspace. */
  readonly refreshState = new Observable<RefreshState>({ status: 'idle' });
  #child: UtilityProcess | null = null;
  #workspace: Workspace | null = null;
  #deaths: number[] = [];
  #failures: number[] = [];
  #restarts = 0;
  /** The refresh that the current process last reported. */
  #order = newRefresh;
  #statementsRun = false;
  /** Why the current process is about to end itself. */
  #duckDbFailure: ErrorReport | null = null;

  constructor(
    private readonly appState: Observable<AppState>,
    /** Called for each new process, to connect windows to it. */
    private readonly onProcess: () => void,
    /** The cluster of a workspace, with its secret; throws an AppError if there is none. */
    private readonly clusterAccess: (folder: string) => ClusterAccess,
  ) {}

  /** Stops the previous workspace's process, if any, and starts one for `folder`. */
  async start(workspace: Workspace): Promise<void> {
    await this.#stopChild();
    this.#workspace = workspace;
    this.#forgetDeaths();
    this.#restarts = 0;
    this.#open(workspace);
  }

  /** A port that the warehouse process answers; null if there is no process. */
  connect(): MessagePortMain | null {
    if (!this.#child) return null;
    const { port1, port2 } = new MessageChannelMain();
    send(this.#child, { type: 'connect' }, port1);
    return port2;
  }

  /** Refreshes the warehouse of `folder`, unless another workspace has been opened meanwhile. */
  refresh(folder: string): void {
    if (this.#child && this.#workspace?.folder === folder) send(this.#child, { type: 'refresh', order: newRefresh });
  }

  /** Applies resource limits to the current and every later process. */
  limit(): void {
    if (this.#child) send(this.#child, { type: 'limit', limits: this.#limits });
  }

  /** Restarts the process after it was given up. */
  restart(): void {
    if (!this.#workspace || this.#child) return;
    this.#forgetDeaths();
    this.#restarts += 1;
    this.#open(this.#workspace);
  }

  /**
   * Kills the process at once and starts another; this does not count as a crash.
   * @param refresh whether a running refresh is restarted or cancelled
   */
  forceStop({ refresh }: { readonly refresh: 'resume' | 'cancel' }): void {
    const child = this.#child;
    const workspace = this.#workspace;
    if (!child || workspace === null) return;
    this.#child = null;
    const resumed = refresh === 'resume' ? resumedRefresh(this.refreshState.value, this.#order, null) : null;
    child.once('exit', () => {
      // The workspace may have been changed meanwhile.
      if (this.#child || this.#workspace !== workspace) return;
      this.#restarts += 1;
      this.#open(workspace, resumed);
    });
    this.#show({ status: 'starting' });
    if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
  }

  /** Lets the processes close their files. */
  async stop(): Promise<void> {
    await this.#stopChild();
  }

  /** A process that does not respond is killed. */
  async #stopChild(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    this.#workspace = null;
    if (!child) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => child.kill(), closeTimeoutMs);
      child.once('exit', () => {
        clearTimeout(timer);
        resolve();
      });
      send(child, { type: 'close' });
    });
    this.#show({ status: 'none' });
  }

  /** @param resumed the refresh that the previous process did not finish */
  #open(workspace: Workspace, resumed: RefreshOrder | null = null): void {
    this.#show({ status: 'starting' });
    // The new process has nothing running yet.
    this.refreshState.set({ status: 'idle' });
    this.#order = resumed ?? newRefresh;
    this.#statementsRun = false;
    this.#duckDbFailure = null;
    const child = forkWarehouse();
    this.#child = child;
    logProcess('warehouse', child);
    child.on('message', (message: unknown) => {
      const { data } = toSupervisorSchema.safeParse(message);
      if (data && this.#child === child) this.#hear(data, child, workspace);
    });
    child.on('exit', (code) => {
      if (this.#child === child) this.#afterDeath(workspace, code);
    });
    const { folder } = workspace;
    const agreedLinks = Object.fromEntries(workspace.agreedLinks);
    send(child, { type: 'open', folder, agreedLinks, modelsFolder, limits: this.#limits });
    if (resumed) send(child, { type: 'refresh', order: resumed });
    this.onProcess();
  }

  #hear(message: ToSupervisor, child: UtilityProcess, workspace: Workspace): void {
    if (message.type === 'cluster-access') this.#lend(message.id, child, workspace);
    else if (message.type === 'ready') this.#show({ status: 'ready', restarts: this.#restarts });
    else if (message.type === 'failed') this.#show({ status: 'failed', problem: message.error });
    else if (message.type === 'statements') this.#statementsRun = message.running;
    else if (message.type === 'duckdb-failed') this.#duckDbFailure = message.error;
    else {
      this.refreshState.set(message.state);
      // A finished refresh needs no restart.
      this.#order = message.state.status === 'ended' ? newRefresh : { ...this.#order, request: message.request };
    }
  }

  #lend(id: number, child: UtilityProcess, { folder }: Workspace): void {
    try {
      send(child, { type: 'cluster-access', id, outcome: { given: true, access: this.clusterAccess(folder) } });
    } catch (error) {
      send(child, { type: 'cluster-access', id, outcome: { given: false, error: toAppError(error).toReport() } });
    }
  }

  #forgetDeaths(): void {
    this.#deaths = [];
    this.#failures = [];
  }

  #afterDeath(workspace: Workspace, code: number): void {
    this.#child = null;
    if (this.#mayStartAgain()) {
      const cause = this.#duckDbFailure?.message ?? `the warehouse process ended (${exitReason(code)}).`;
      this.#restarts += 1;
      this.#open(workspace, resumedRefresh(this.refreshState.value, this.#order, this.#statementsRun ? null : cause));
      return;
    }
    const count = this.#duckDbFailure ? maxFailures : maxDeaths;
    this.refreshState.set({ status: 'idle' });
    this.#show({
      status: 'failed',
      problem: {
        code: 'WORKER_CRASHED',
        message: `The warehouse process ended unexpectedly ${count} times within a minute (last: ${exitReason(code)}).`,
        action: 'Start it again. If it keeps crashing, move micro_warehouse.duckdb out of the workspace and refresh.',
      },
    });
  }

  /** Records that the process has ended; returns whether to restart it. */
  #mayStartAgain(): boolean {
    const now = Date.now();
    const recent = (times: readonly number[]) => [...times.filter((time) => now - time < deathSpanMs), now];
    if (this.#duckDbFailure) return (this.#failures = recent(this.#failures)).length < maxFailures;
    return (this.#deaths = recent(this.#deaths)).length < maxDeaths;
  }

  get #limits(): WarehouseLimits {
    const { threads, memoryMb, idleReleaseMinutes } = this.appState.value.settings;
    return { threads, memoryMb, idleReleaseMinutes };
  }

  #show(warehouse: WarehouseStatus): void {
    this.appState.set({ ...this.appState.value, warehouse });
  }
}

function send(child: UtilityProcess, message: FromSupervisor, ...ports: MessagePortMain[]): void {
  child.postMessage(message, ports);
}
