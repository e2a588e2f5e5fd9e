import './start/refuse-options';
import path from 'node:path';
import { app, BrowserWindow, crashReporter, dialog, ipcMain } from 'electron';
import { connectChannel } from '../contract/rpc/ports';
import { workspaceOption } from './start/command-line';
import { registerScheme, serveWindow } from './window/protocol';
import { bringToFront, launchRequestOf, type LaunchRequest } from './start/launch-request';
import { openMainLog, openWindow } from './window/window';

/*
 * Only modules that the window needs to appear are imported above. The rest, with its schemas, is loaded as soon as the
 * page's script runs and asks for ports: earlier, it would delay the page, whose files are served by this process.
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

/** Cancels a run in progress and closes the database before the app quits. */
function quitCleanly(stop: () => Promise<void>): void {
  let clean = false;
  let stopping = false;
  app.on('before-quit', (event) => {
    if (clean) return;
    event.preventDefault();
    // Asked again meanwhile, by the user or by the last window to close.
    if (stopping) return;
    stopping = true;
    void stop().finally(() => {
      clean = true;
      app.quit();
    });
  });
}

/** A native dialog, because no window can be opened. */
function reportFailedStart(error: unknown): void {
  dialog.showErrorBox('Micro Warehouse could not start', error instanceof Error ? error.message : String(error));
  app.exit(1);
}

// A native crash leaves a minidump in the user-data folder, for users who want to send it.
crashReporter.start({ uploadToServer: false });
registerScheme();

// An absolute path, because the running instance has another working directory.
const request: LaunchRequest = { workspace: workspaceOption(process.argv.slice(1)) };
if (app.requestSingleInstanceLock({ ...request })) {
  start().catch(reportFailedStart);
} else {
  const wish = request.workspace === null ? 'show its window' : `open ${request.workspace}`;
  process.stdout.write(`Micro Warehouse is already running. It was asked to ${wish}.\n`, () => app.quit());
}
