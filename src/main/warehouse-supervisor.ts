import path from 'node:path';
import { MessageChannelMain, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import type { AppState, WarehouseStatus } from '../contract/workspace';
import type { Observable } from '../engine/observable';
import { modelsFolder } from './resources';
import { toSupervisorSchema } from './supervisor-messages';

/** More deaths than this within the span, and something is wrong that another start will not mend. */
const maxDeaths = 3;
const deathSpanMs = 60_000;
const closeTimeoutMs = 2_000;

/** libuv has four threads by default, and a running query takes one each. */
const threadPoolSize = '32';

/** Keeps the warehouse process of the present workspace alive and introduces windows to it. */
export class WarehouseSupervisor {
  #child: UtilityProcess | null = null;
  #folder: string | null = null;
  #deaths: number[] = [];
  #restarts = 0;

  constructor(
    private readonly appState: Observable<AppState>,
    /** Called whenever there is a new process, for windows to be introduced to. */
    private readonly onProcess: () => void,
  ) {}

  /** Ends the process of the workspace before, if any, and starts one for `folder`. */
  async start(folder: string): Promise<void> {
    await this.stop();
    this.#folder = folder;
    this.#deaths = [];
    this.#restarts = 0;
    this.#fork(folder);
  }

  /** A port whose other end the warehouse process answers; null while there is none. */
  connect(): MessagePortMain | null {
    if (!this.#child) return null;
    const { port1, port2 } = new MessageChannelMain();
    this.#child.postMessage('connect', [port1]);
    return port2;
  }

  /** Lets the process close its database; one that does not answer is killed. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    this.#folder = null;
    if (!child) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => child.kill(), closeTimeoutMs);
      child.once('exit', () => {
        clearTimeout(timer);
        resolve();
      });
      child.postMessage('close');
    });
    this.#show({ status: 'none' });
  }

  #fork(folder: string): void {
    this.#show({ status: 'starting' });
    const child = utilityProcess.fork(path.join(__dirname, 'warehouse-process.js'), [folder, modelsFolder], {
      serviceName: 'Micro Warehouse database',
      env: { ...process.env, UV_THREADPOOL_SIZE: threadPoolSize },
    });
    this.#child = child;
    this.onProcess();
    child.on('message', (message: unknown) => {
      const { data } = toSupervisorSchema.safeParse(message);
      if (data?.type === 'ready') this.#show({ status: 'ready', restarts: this.#restarts });
      if (data?.type === 'failed') this.#show({ status: 'failed', problem: data.error });
    });
    child.on('exit', (code) => {
      if (this.#child === child) this.#afterDeath(folder, code);
    });
  }

  #afterDeath(folder: string, code: number): void {
    this.#child = null;
    const now = Date.now();
    this.#deaths = [...this.#deaths.filter((time) => now - time < deathSpanMs), now];
    if (this.#deaths.length < maxDeaths) {
      this.#restarts += 1;
      this.#fork(folder);
      return;
    }
    this.#show({
      status: 'failed',
      problem: {
        code: 'WORKER_CRASHED',
        message: `The warehouse process ended unexpectedly ${maxDeaths} times within a minute (last exit code ${code}).`,
        action: 'Start it again. If it keeps ending, move micro_warehouse.duckdb away and refresh.',
      },
    });
  }

  /** Starts the process again after it was given up. */
  restart(): void {
    if (!this.#folder || this.#child) return;
    this.#deaths = [];
    this.#restarts += 1;
    this.#fork(this.#folder);
  }

  #show(warehouse: WarehouseStatus): void {
    this.appState.set({ ...this.appState.value, warehouse });
  }
}
