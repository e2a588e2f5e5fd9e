import { setTimeout as sleep } from 'node:timers/promises';
import { app, BrowserWindow, MessageChannelMain, type MessagePortMain } from 'electron';
import type { Command } from '../contract/rpc/main-contract';
import { portChannel, type PortName } from '../contract/rpc/ports';
import { settingsSchema } from '../contract/settings';
import type { AppState, SetAside } from '../contract/workspace';
import { Observable } from '../engine/observable';
import { ClusterService } from './cluster/cluster-service';
import { systemKeyStore } from './cluster/key-store';
import { workspaceOption } from './start/command-line';
import { ExportService } from './workspace/export-service';
import { ConsoleFiles } from './workspace/console-files';
import { GenerationService } from './generation/generation-service';
import { logEvents } from './logs/log-events';
import { logOf } from './logs/logs';
import { mainRouter } from './main-router';
import { followWorkspace, setMenu } from './window/menu';
import { serve } from './system/rpc';
import { Preferences } from './user-data/preferences';
import { signalJobs } from './window/job-signals';
import type { LaunchRequest } from './start/launch-request';
import { openRequested } from './start/second-launch';
import { SettingsFile } from './user-data/settings-file';
import { UserFiles } from './user-data/user-files';
import { WarehouseSupervisor } from './supervisor/supervisor';
import { checkWindowFile } from './user-data/window-file';
import { suggestedWorkspaceFolder, WorkspaceService } from './workspace/workspace-service';

/** The services behind the window, as `index` uses them. */
export interface Services {
  /** Gives a window a port to each process that it may call. */
  readonly introduce: (window: BrowserWindow) => void;
  /** Handles a second launch of the app, which has already ended itself. */
  readonly launchedAgain: (request: LaunchRequest, window: BrowserWindow) => void;
  /** Stops all jobs; resolves once it is safe to quit. */
  readonly stop: () => Promise<void>;
}

/** Starts the warehouse process and opens the workspace of the command line, else the last one. */
export function startServices(): Services {
  const appState = new Observable<AppState>({
    workspace: {
      folder: null,
      suggestedFolder: suggestedWorkspaceFolder(),
      problem: null,
      notices: [],
      recent: [],
      cluster: null,
    },
    warehouse: { status: 'none' },
    settings: settingsSchema.parse({}),
    setAside: [],
  });
  const userFiles = new UserFiles(app.getPath('userData'), (event) => tellOfSetAside(appState, event));
  const introduceAll = () => {
    for (const window of BrowserWindow.getAllWindows()) introduceWarehouse(window, supervisor);
  };
  const clusters = new ClusterService(appState, userFiles, systemKeyStore);
  const supervisor = new WarehouseSupervisor(appState, introduceAll, (folder) => clusters.access(folder));
  const settings = new SettingsFile(userFiles);
  const workspaces = new WorkspaceService(appState, settings, supervisor, clusters);
  const preferences = new Preferences(appState, settings, supervisor);
  const generation = new GenerationService(workspaces, appState);
  const exports = new ExportService(workspaces);
  const files = new ConsoleFiles(userFiles, workspaces);
  logEvents(appState, generation.state);
  signalJobs(generation.state, supervisor.refreshState, () => appState.value.settings);
  const commands = new Observable<Command | null>(null);
  setMenu(workspaces, (action) => commands.set({ serial: (commands.value?.serial ?? 0) + 1, action }));
  void followWorkspace(appState);
  const isBusy = () =>
    generation.state.value.status === 'running' || supervisor.refreshState.value.status === 'running';
  const served = { appState, preferences, supervisor, workspaces, clusters, generation, exports, files, commands };
  const windowPorts = new Set<MessagePortMain>();
  void checkWindowFile(userFiles);
  let requests: Promise<unknown> = preferences
    .load()
    .then(() => workspaces.openInitial(workspaceOption(process.argv.slice(1))));
  return {
    introduce: (window) => {
      const { port1, port2 } = new MessageChannelMain();
      serve(mainRouter({ ...served, window }), port1);
      windowPorts.add(port1);
      port1.once('close', () => windowPorts.delete(port1));
      post(window, 'main', port2);
      introduceWarehouse(window, supervisor);
    },
    launchedAgain: (request, window) => {
      // One dialog at a time.
      requests = requests.catch(() => undefined).then(() => openRequested(request, window, workspaces, isBusy));
    },
    stop: async () => {
      await Promise.allSettled([generation.cancel(), supervisor.stop()]);
      await closeWindows(windowPorts);
      await files.settled();
    },
  };
}

/** A window that hangs must not keep the app from quitting. */
const closeTimeoutMs = 2_000;

/** Resolves once the windows have sent all their data: a page sends the last keystrokes as it closes. */
async function closeWindows(ports: ReadonlySet<MessagePortMain>): Promise<void> {
  const closed = [...ports].map((port) => new Promise<void>((resolve) => void port.once('close', () => resolve())));
  for (const window of BrowserWindow.getAllWindows()) window.close();
  await Promise.race([Promise.all(closed), sleep(closeTimeoutMs)]);
}

/** The window calls the warehouse process directly: rows never pass through this process. */
function introduceWarehouse(window: BrowserWindow, supervisor: WarehouseSupervisor): void {
  const port = supervisor.connect();
  if (port) post(window, 'warehouse', port);
}

function post(window: BrowserWindow, name: PortName, port: MessagePortMain): void {
  window.webContents.postMessage(portChannel, name, [port]);
}

function tellOfSetAside(appState: Observable<AppState>, event: SetAside): void {
  const kept = event.keptAs === null ? 'could not be kept' : `kept as ${event.keptAs}`;
  logOf('main').error(`${event.file} in the user-data folder is damaged: ${event.reason}; ${kept}.`);
  appState.set({ ...appState.value, setAside: [...appState.value.setAside, event] });
}
