import os, { constants } from 'node:os';
import { app } from 'electron';
import { dependencies } from '../../../package.json';
import type { GenerationState } from '../../contract/generation';
import type { AppState } from '../../contract/workspace';
import type { Observable } from '../../engine/observable';
import { logOf } from './logs';

/** Logs app events in main's log: start, workspace, runs, and process deaths. */
export function logEvents(appState: Observable<AppState>, generation: Observable<GenerationState>): void {
  const log = logOf('main');
  log.info(`Started: ${versionLine()}`);
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) =>
    log.error(`The window's process is gone: ${reason} (exit code ${exitCode}).`),
  );
  app.on('child-process-gone', (_event, { type, name, serviceName, reason, exitCode }) => {
    // Exit reasons of processes that ended as intended.
    if (reason === 'clean-exit' || (reason === 'killed' && exitCode === constants.signals.SIGTERM)) return;
    log.error(`A process is gone: ${type} ${name ?? serviceName ?? ''}: ${reason} (exit code ${exitCode}).`);
  });
  app.once('quit', (_event, code) => log.info(`Quit with exit code ${code}.`));
  // Only observes: Node still handles them as before.
  process.on('uncaughtExceptionMonitor', (error) => log.error(error.stack ?? error.message));
  void logChanges(appState, describeAppState);
  void logChanges(generation, describeGeneration);
}

/** The app, what it runs on, and the machine. */
export function versionLine(): string {
  const versions = [`Micro Warehouse ${app.getVersion()}`, ...partVersions(), `${os.type()} ${os.release()}`];
  return `${versions.join(', ')} ${process.arch}`;
}

/** Components of the app with their versions. */
export function partVersions(): string[] {
  const { electron, chrome, node } = process.versions;
  // Pinned to one version; its suffix (-r.1) counts releases of the binding.
  const duckdb = dependencies['@duckdb/node-api'].replace(/-.*$/, '');
  return [`DuckDB ${duckdb}`, `Electron ${electron}`, `Chromium ${chrome}`, `Node ${node}`];
}

/** Logs one line whenever the description of a value changes. */
async function logChanges<T>(value: Observable<T>, describe: (value: T) => string): Promise<void> {
  const log = logOf('main');
  let last = '';
  for await (const state of value.follow()) {
    const text = describe(state);
    if (text !== last) log.info(text);
    last = text;
  }
}

function describeAppState({ workspace, warehouse }: AppState): string {
  const problem = workspace.problem ?? (warehouse.status === 'failed' ? warehouse.problem : null);
  const what = `Workspace: ${workspace.folder ?? 'none'}; warehouse process: ${warehouse.status}`;
  return problem ? `${what}; ${problem.code}: ${problem.message}` : what;
}

function describeGeneration(state: GenerationState): string {
  if (state.status === 'idle') return 'No run in progress.';
  if (state.status === 'running') return `Run of ${state.request.recipe.rows} rows in progress.`;
  const { outcome } = state;
  if (!outcome.succeeded) return `Run ended: ${outcome.error.code}: ${outcome.error.message}`;
  return `Run ${outcome.run.runId} ${outcome.run.status}: ${outcome.run.rows} rows in ${outcome.run.files} files.`;
}
