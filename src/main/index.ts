import './start/refuse-options';
import path from 'node:path';
import { app, BrowserWindow, crashReporter, dialog, ipcMain } from 'electron';
import { connectChannel } from '../contract/rpc/ports';
import { workspaceOption } from './start/command-line';
import { registerScheme, serveWindow } from './window/protocol';
import { bringToFront, launchRequestOf, type LaunchRequest } from './start/launch-request';
import { openMainLog, openWindow } from './window/window';

/*
 * Only what the window needs to be on its way is imported above. The rest, with its schemas, is loaded as soon as the
 * page's script runs, which asks for ports first of all: earlier it would hold up the page, whose files come through this
 * process.
 */
async function start(): Promise<void> {
  await app.whenReady();
  serveWindow(path.join(__dirname, '../renderer'), (url, reason) => {
    void openMainLog().then((log) => log.error(`Window: ${url} could not be served: ${String(reason)}`));
  });
  const asked = new Promise<void>((resolve) => void ipcMain.once(connectChannel, () => resolve()));
  const opening = openWindow();
  const services = Promise.race([asked, opening])
    .then(() => import('./services'))
    .then(({ startServices }) => startServices());
  ipcMain.on(connectChannel, ({ sender }) => {
    const window = BrowserWindow.fromWebContents(sender);
    if (window) void services.then(({ introduce }) => introduce(window));
  });
  app.on('second-instance', (_event, _args, _folder, data) => {
    const [window] = BrowserWindow.getAllWindows();
    if (!window) return;
    bringToFront(window);
    void services.then(({ launchedAgain }) => launchedAgain(launchRequestOf(data), window));
  });
  app.on('window-all-closed', () => app.quit());
  quitCleanly(async () => (await services).stop());
  await Promise.all([opening, services]);
}

/** A run under way is cancelled and the database closed before the app goes. */
function quitCleanly(stop: () => Promise<void>): void {
  let clean = false;
  let stopping = false;
  app.on('before-quit', (event) => {
    if (clean) return;
    event.preventDefault();
    // Asked again meanwhile, by the user or by the last window that closes.
    if (stopping) return;
    stopping = true;
    void stop().finally(() => {
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

// A native crash leaves a minidump in the user-data folder, for those who want to send it themselves.
crashReporter.start({ uploadToServer: false });
registerScheme();

// The first one gets the folder in a form that doesn't depend on where this one was started.
const request: LaunchRequest = { workspace: workspaceOption(process.argv.slice(1)) };
if (app.requestSingleInstanceLock({ ...request })) {
  start().catch(reportFailedStart);
} else {
  const wish = request.workspace === null ? 'show its window' : `open ${request.workspace}`;
  process.stdout.write(`Micro Warehouse is already running. It was asked to ${wish}.\n`, () => app.quit());
}
