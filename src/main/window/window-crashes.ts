import { app, dialog, type BrowserWindow } from 'electron';

/** More crashes of a page than this within the span, and the user is asked before it is reloaded. */
const maxCrashes = 3;
const crashSpanMs = 60_000;

/** Reloads the page after its process crashed: jobs and data are in other processes, and typed text is saved. */
export function reviveAfterCrash(window: BrowserWindow): void {
  let crashes: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    const now = Date.now();
    crashes = [...crashes.filter((at) => now - at < crashSpanMs), now];
    if (crashes.length <= maxCrashes) window.webContents.reload();
    else void askWhetherAgain(window, reason);
  });
}

async function askWhetherAgain(window: BrowserWindow, reason: string): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The window has crashed several times within a minute.',
    detail: `Reason: ${reason}. Nothing is lost: your data is on disk, and running jobs continue without the window.`,
    buttons: ['Reload window', 'Quit'],
  });
  if (response === 0) window.webContents.reload();
  else app.quit();
}
