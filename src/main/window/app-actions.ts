import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { app, clipboard, dialog, shell, type BrowserWindow } from 'electron';
import type { AppAction } from '../../contract/actions';
import { AppError } from '../../contract/app-error';
import { diagnostics } from './diagnostics';
import { partVersions } from '../logs/log-events';
import { logsFolder } from '../logs/logs';
import { licencesFile } from '../system/resources';
import type { WorkspaceService } from '../workspace/workspace-service';

/** As Chromium's own zoom keys do. */
const zoomStep = 0.5;

/** How each action of the app is done: for the menu, and for the window's palette. */
export function appActionsOf(workspaces: WorkspaceService): Record<AppAction, (window?: BrowserWindow) => unknown> {
  const zoomBy = (step: number) => (window?: BrowserWindow) =>
    window?.webContents.setZoomLevel(window.webContents.getZoomLevel() + step);
  return {
    'zoom-in': zoomBy(zoomStep),
    'zoom-out': zoomBy(-zoomStep),
    'reset-zoom': (window) => window?.webContents.setZoomLevel(0),
    'full-screen': (window) => window?.setFullScreen(!window.isFullScreen()),
    'open-logs': openLogs,
    'copy-diagnostics': async () => clipboard.writeText(await diagnostics(workspaces)),
    licences: showLicences,
    about: showAbout,
  };
}

async function openLogs(): Promise<void> {
  await mkdir(logsFolder(), { recursive: true });
  await openWithSystem(logsFolder());
}

/** @param target a folder or file */
async function openWithSystem(target: string): Promise<void> {
  const problem = await shell.openPath(target);
  if (!problem) return;
  throw new AppError('INTERNAL', `${target} could not be opened: ${problem}`, {
    action: 'Open it yourself in a file manager or editor.',
  });
}

/** What is bundled, in a text that the build makes. */
async function showLicences(): Promise<void> {
  // Readable for the programs that open it, which can't look into the app's own folder everywhere.
  const copy = path.join(app.getPath('userData'), 'licences.txt');
  await copyFile(licencesFile, copy);
  await openWithSystem(copy);
}

async function showAbout(): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'info',
    title: 'About Micro Warehouse',
    message: `Micro Warehouse ${app.getVersion()}`,
    detail: [
      'A small data warehouse on your laptop.\nNothing leaves this machine.',
      partVersions().join('\n'),
      'MIT licence. © 2026 The Micro Warehouse authors',
    ].join('\n\n'),
    buttons: ['Close', 'Licences'],
    defaultId: 0,
    cancelId: 0,
  });
  if (response === 1) await showLicences();
}
