import path from 'node:path';
import { BrowserWindow, nativeTheme, session } from 'electron';
import type { Log } from '../logs/logs';
import { windowUrl } from './protocol';
import { reviveAfterCrash } from './window-crashes';
import { watchHealth } from './window-health';
import { applyStoredTheme, readWindowState, rememberWindow } from './window-state';

/** Set by `electron-vite dev`: the page then comes from Vite, with hot reload. Never in a packaged app. */
const devUrl = process.defaultApp ? process.env.ELECTRON_RENDERER_URL : undefined;

/** The background of theme.css, so that the window does not flash before the page is drawn. */
const background = { dark: '#111318', light: '#f7f7f8' };

/** Loaded on first use: the window does not wait for it. */
export async function openMainLog(): Promise<Log> {
  const { logOf } = await import('../logs/logs');
  return logOf('main');
}

/** Opens the window: sandboxed, isolated, limited to its own page. */
export async function openWindow(): Promise<BrowserWindow> {
  applyStoredTheme();
  const { bounds, maximized } = readWindowState();
  const window = new BrowserWindow({
    ...(bounds ?? { width: 1280, height: 800 }),
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Micro Warehouse',
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    autoHideMenuBar: true,
    webPreferences: {
      preload: path.join(__dirname, '../preload/index.js'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    },
  });
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  rememberWindow(window);
  watchHealth(window, openMainLog);
  confine(window);
  reviveAfterCrash(window);
  await window.loadURL(devUrl ?? windowUrl);
  return window;
}

/** No navigation, no new windows, no permissions: the page needs none. */
function confine({ webContents }: BrowserWindow): void {
  webContents.on('will-navigate', (event) => event.preventDefault());
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
}
