import path from 'node:path';
import { parseArgs } from 'node:util';
import { app, BrowserWindow, dialog, ipcMain, MessageChannelMain, type MessagePortMain } from 'electron';
import { connectChannel, portChannel, type PortName } from '../contract/ports';
import type { AppState } from '../contract/workspace';
import { Observable } from '../engine/observable';
import { GenerationService } from './generation-service';
import { mainRouter } from './main-router';
import { registerScheme, serveWindow } from './protocol';
import { serve } from './rpc';
import { SettingsFile } from './settings';
import { WarehouseSupervisor } from './warehouse-supervisor';
import { openWindow } from './window';
import { suggestedWorkspaceFolder, WorkspaceService } from './workspace-service';

function main(): void {
  registerScheme();
  if (!app.requestSingleInstanceLock()) return app.quit();
  app.on('second-instance', () => BrowserWindow.getAllWindows()[0]?.focus());
  app.whenReady().then(start, reportFailedStart);
}

function start(): void {
  serveWindow(path.join(__dirname, '../renderer'));
  const appState = new Observable<AppState>({
    workspace: { folder: null, suggestedFolder: suggestedWorkspaceFolder(), problem: null },
    warehouse: { status: 'none' },
  });
  const supervisor = new WarehouseSupervisor(appState, () => {
    for (const window of BrowserWindow.getAllWindows()) introduceWarehouse(window, supervisor);
  });
  const workspaces = new WorkspaceService(appState, new SettingsFile(app.getPath('userData')), supervisor);
  const generation = new GenerationService(workspaces);

  ipcMain.on(connectChannel, ({ sender }) => {
    const window = BrowserWindow.fromWebContents(sender);
    if (!window) return;
    const { port1, port2 } = new MessageChannelMain();
    serve(mainRouter({ appState, supervisor, workspaces, generation, window }), port1);
    introduce(window, 'main', port2);
    introduceWarehouse(window, supervisor);
  });
  void workspaces.openInitial(workspaceOfCommandLine());
  void openWindow();
  quitCleanly(generation, supervisor);
}

function introduce(window: BrowserWindow, name: PortName, port: MessagePortMain): void {
  window.webContents.postMessage(portChannel, name, [port]);
}

/** The window speaks to the warehouse process directly: rows never pass through this process. */
function introduceWarehouse(window: BrowserWindow, supervisor: WarehouseSupervisor): void {
  const port = supervisor.connect();
  if (port) introduce(window, 'warehouse', port);
}

/** Chromium's own switches are on the command line too, hence not strict. */
function workspaceOfCommandLine(): string | null {
  const { values } = parseArgs({ options: { workspace: { type: 'string' } }, strict: false });
  return typeof values.workspace === 'string' ? path.resolve(values.workspace) : null;
}

/** A run under way is cancelled and the database closed before the app goes. */
function quitCleanly(generation: GenerationService, supervisor: WarehouseSupervisor): void {
  let clean = false;
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (clean) return;
    event.preventDefault();
    void Promise.allSettled([generation.cancel(), supervisor.stop()]).finally(() => {
      clean = true;
      app.quit();
    });
  });
}

/** Nothing can be shown in a window that could not be made. */
function reportFailedStart(error: unknown): void {
  dialog.showErrorBox('Micro Warehouse could not start', error instanceof Error ? error.message : String(error));
  app.exit(1);
}

main();
