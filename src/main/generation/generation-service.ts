import { AppError, toAppError } from '../../contract/app-error';
import type {
  Estimate,
  GenerationProgress,
  GenerationRequest,
  GenerationState,
  PastRun,
} from '../../contract/generation';
import type { RepeatedDay } from '../../contract/partitions';
import { generationLimits } from '../../contract/recipe';
import type { AppState } from '../../contract/workspace';
import { advanceRequest } from '../../engine/generation/plan/advance';
import { checkRoom, estimateRequest } from '../../engine/generation/plan/estimate';
import { pastRun } from '../../engine/generation/plan/facts';
import { repeatDay } from '../../engine/generation/run/repeat-day';
import { runGeneration } from '../../engine/generation/run/run';
import { readRunLog } from '../../engine/commit/run-log';
import { suggestRequest } from '../../engine/generation/plan/suggest';
import { generatorEnvironment, type WorkerHandle } from '../../engine/generation/run/worker-handle';
import { Observable } from '../../engine/observable';
import type { Workspace } from '../../engine/workspace';
import { exitReason } from '../system/exit-reason';
import { forkProcess } from '../system/fork-process';
import { logProcess } from '../logs/logs';
import { generationSqlFolder } from '../system/resources';
import type { WorkspaceService } from '../workspace/workspace-service';

/** Progress of a run that has been accepted; how many rows it will write depends on its request. */
const notStarted: Omit<GenerationProgress, 'rowsTotal'> = {
  phase: 'starting',
  rows: 0,
  elapsedMs: 0,
  rowsPerSecond: 0,
  remainingMs: null,
  workers: [],
};

/** Runs Generate for the window: plans in this process, writes in generator processes. One run at a time. */
export class GenerationService {
  readonly state = new Observable<GenerationState>({ status: 'idle' });
  #running: { controller: AbortController; ended: Promise<void> } | null = null;

  constructor(
    private readonly workspaces: WorkspaceService,
    private readonly appState: Observable<AppState>,
  ) {}

  /** Uses the number of workers in the settings, otherwise one that suits the machine. */
  async suggest(): Promise<GenerationRequest> {
    const request = await suggestRequest(this.workspaces.current);
    const workers = Math.min(this.appState.value.settings.threads ?? request.workers, generationLimits.workers);
    return { ...request, workers };
  }

  async history(): Promise<PastRun[]> {
    return (await readRunLog(this.workspaces.current)).map(pastRun);
  }

  estimate(request: GenerationRequest): Promise<Estimate> {
    return estimateRequest(this.workspaces.current, request);
  }

  /** @throws AppError WORKSPACE_BUSY during a run, NEEDS_CONFIRMATION or DISK_FULL if it needs much space */
  async start(request: GenerationRequest, confirmed: boolean): Promise<void> {
    if (this.#running) {
      throw new AppError('WORKSPACE_BUSY', 'A run is already in progress.', {
        action: 'Wait for it to finish, or cancel it.',
      });
    }
    const controller = new AbortController();
    const accepted = this.#accept(request, confirmed);
    const ended = accepted.then(
      (workspace) => this.#run(workspace, request, controller.signal),
      () => undefined,
    );
    // From here on, not only from its first progress, a second run is refused and no refresh can be started.
    this.#running = { controller, ended: ended.finally(() => (this.#running = null)) };
    await accepted;
  }

  /** Checks once that there is room, and shows the run as running while it has yet to lock the workspace. */
  async #accept(request: GenerationRequest, confirmed: boolean): Promise<Workspace> {
    const workspace = await this.workspaces.present();
    const rowsTotal = await checkRoom(workspace, request, confirmed);
    this.state.set({ status: 'running', request, progress: { ...notStarted, rowsTotal } });
    return workspace;
  }

  /**
   * Appends the days after the last partition.
   * @throws AppError NO_EVENTS, and the errors of `start`
   */
  async advance(days: number, confirmed: boolean): Promise<void> {
    await this.start(await advanceRequest(await this.workspaces.present(), days), confirmed);
  }

  /** Resolves once the current run, if any, has ended; `state` has the outcome. */
  async ended(): Promise<void> {
    await this.#running?.ended;
  }

  /** Regenerates the files of one day; takes about a second and can't be cancelled. */
  async repeatDay(date: string): Promise<RepeatedDay> {
    return repeatDay({
      workspace: await this.workspaces.present(),
      date,
      program: 'the window',
      sqlFolder: generationSqlFolder,
      spawnWorker: forkGenerator,
      signal: new AbortController().signal,
    });
  }

  /** Returns once the run has stopped and its files are gone. */
  async cancel(): Promise<void> {
    this.#running?.controller.abort();
    await this.#running?.ended;
  }

  async #run(workspace: Workspace, request: GenerationRequest, signal: AbortSignal): Promise<void> {
    try {
      const run = await runGeneration({
        workspace,
        request,
        roomChecked: true,
        program: 'the window',
        sqlFolder: generationSqlFolder,
        spawnWorker: forkGenerator,
        onNotice: this.workspaces.tell,
        onProgress: (progress) => this.state.set({ status: 'running', request, progress }),
        signal,
      });
      this.state.set({ status: 'ended', outcome: { succeeded: true, run: pastRun(run) } });
    } catch (error) {
      this.state.set({ status: 'ended', outcome: { succeeded: false, request, error: toAppError(error).toReport() } });
    }
  }
}

/** Characters kept from the end of a process's output. */
const maxLastWords = 4_000;

function forkGenerator(): WorkerHandle {
  const child = forkProcess('generator-process.js', {
    name: 'Micro Warehouse generator',
    env: generatorEnvironment,
  });
  logProcess('generator', child);
  let said = '';
  child.stderr?.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-maxLastWords)));
  return {
    post: (request) => child.postMessage(request),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', (code) => listener({ reason: exitReason(code), stderrTail: said })),
    // Electron ignores a `kill` before the process has started.
    kill: () => void (child.pid === undefined ? child.once('spawn', () => child.kill()) : child.kill()),
  };
}
