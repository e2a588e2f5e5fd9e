import path from 'node:path';
import { app, BrowserWindow, crashReporter, dialog, ipcMain } from 'electron';
import { connectChannel } from '../contract/ports';
import { registerScheme, serveWindow } from './protocol';
import { forkWarehouse } from './warehouse-fork';
import type { Services } from './services';
import { openWindow } from './window';

/*
 * Only what the window needs to be on its way is imported above. The rest, with its schemas, takes as long to load as
 * Chromium takes to start a renderer, and is loaded meanwhile: once the page has its files, which would wait for it, as
 * would the window for a processor that is busy with the warehouse process.
 */
async function start(): Promise<void> {
  await app.whenReady();
  const pageLoads = new Promise<void>((answered) => serveWindow(path.join(__dirname, '../renderer'), answered));
  const opening = openWindow();
  const services = Promise.race([pageLoads, opening]).then(loadServices);
  ipcMain.on(connectChannel, ({ sender }) => {
    const window = BrowserWindow.fromWebContents(sender);
    if (window) void services.then(({ introduce }) => introduce(window));
  });
  app.on('window-all-closed', () => app.quit());
  quitCleanly(async () => (await services).stop());
  await Promise.all([opening, services]);
}

/** The warehouse process starts first, since loading DuckDB takes long, and goes on beside the rest. */
async function loadServices(): Promise<Services> {
  const warehouse = forkWarehouse();
  const { startServices } = await import('./services');
  return startServices(warehouse);
}

/** A run under way is cancelled and the database closed before the app goes. */
function quitCleanly(stop: () => Promise<void>): void {
  let clean = false;
  app.on('before-quit', (event) => {
    if (clean) return;
    event.preventDefault();
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
if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => BrowserWindow.getAllWindows()[0]?.focus());
  start().catch(reportFailedStart);
} else {
  app.quit();
}
