import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { app, BrowserWindow, clipboard, dialog, Menu, shell, type MenuItemConstructorOptions } from 'electron';
import { actionIds, actionOf, type ActionId } from '../contract/actions';
import type { AppState } from '../contract/workspace';
import type { Observable } from '../engine/observable';
import { diagnostics } from './diagnostics';
import { logOf, logsFolder } from './logs';
import { licencesFile } from './resources';
import type { WorkspaceService } from './workspace-service';

type AskWindow = (action: ActionId) => void;

/** The menu bar. Roles bring the words, the keys and the place that each system is used to. */
export function setMenu(workspaces: WorkspaceService, ask: AskWindow): void {
  const isMac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        ...windowItems(['generate', 'refresh'], ask),
        { type: 'separator' },
        {
          label: 'Open Workspace…',
          accelerator: 'CmdOrCtrl+O',
          click: act(() => chooseWorkspace(workspaces)),
        },
        { id: 'show-folder', label: 'Show Workspace Folder', click: act(async () => workspaces.reveal('.')) },
        { type: 'separator' },
        ...windowItems(['settings'], ask),
        { type: 'separator' },
        // Cmd+W closes a tab of the console.
        isMac ? { role: 'close', accelerator: 'Shift+Cmd+W' } : { role: 'quit' },
      ],
    },
    { label: '&Edit', submenu: editItems(ask) },
    { label: '&View', submenu: viewItems(ask) },
    ...(isMac ? [{ role: 'windowMenu' } as const] : []),
    { label: '&Help', role: 'help', submenu: [...windowItems(['shortcuts'], ask), ...helpItems(workspaces)] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** What the window does, it does with a workspace: while there is none, its items are grey. */
export async function followWorkspace(appState: Observable<AppState>): Promise<void> {
  for await (const { workspace } of appState.follow()) {
    const enabled = workspace.folder !== null;
    for (const id of actionIds) {
      const item = Menu.getApplicationMenu()?.getMenuItemById(id);
      if (item) item.enabled = enabled;
    }
  }
}

/** As in other programs, and the app's own undo, which is not that of text. */
function editItems(ask: AskWindow): MenuItemConstructorOptions[] {
  return [
    { role: 'undo' },
    { role: 'redo' },
    { type: 'separator' },
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
    { type: 'separator' },
    ...windowItems(['undo-delete'], ask),
  ];
}

/** Items for what the window does. It listens to the keys itself, so that they work the same with and without a menu. */
function windowItems(ids: readonly ActionId[], ask: AskWindow): MenuItemConstructorOptions[] {
  return ids.map((id) => {
    const { title, keys } = actionOf(id);
    const accelerator = keys?.replace('Mod', 'CmdOrCtrl');
    return { id, label: title, ...(accelerator && { accelerator }), registerAccelerator: false, click: () => ask(id) };
  });
}

const pageActions = actionIds.filter((id) => actionOf(id).group === 'Go to');

function viewItems(ask: AskWindow): MenuItemConstructorOptions[] {
  return [
    ...windowItems(['command-palette', ...pageActions], ask),
    { type: 'separator' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
    ...(app.isPackaged ? [] : [{ role: 'reload' } as const, { role: 'toggleDevTools' } as const]),
  ];
}

function helpItems(workspaces: WorkspaceService): MenuItemConstructorOptions[] {
  return [
    { id: 'open-logs', label: 'Open Logs', click: act(openLogs) },
    {
      id: 'copy-diagnostics',
      label: 'Copy Diagnostics',
      click: act(async () => clipboard.writeText(await diagnostics(workspaces))),
    },
    { type: 'separator' },
    { id: 'licences', label: 'Licences', click: act(showLicences) },
    { id: 'about', label: 'About Micro Warehouse', click: act(showAbout) },
  ];
}

/** A click that fails is told to the user, and to the log. */
function act(work: () => Promise<void>): () => void {
  return () =>
    void work().catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      logOf('main').error(message);
      dialog.showErrorBox('That did not work', message);
    });
}

async function chooseWorkspace(workspaces: WorkspaceService): Promise<void> {
  const [window] = BrowserWindow.getAllWindows();
  if (window) await workspaces.choose(window);
}

async function openLogs(): Promise<void> {
  await mkdir(logsFolder(), { recursive: true });
  await openWithSystem(logsFolder());
}

/** @param target a folder or file */
async function openWithSystem(target: string): Promise<void> {
  const problem = await shell.openPath(target);
  if (problem) throw new Error(`${target} could not be opened: ${problem}`);
}

/** What is bundled, in a text that the build makes. */
async function showLicences(): Promise<void> {
  // Readable for the programs that open it, which can't look into the app's own folder everywhere.
  const copy = path.join(app.getPath('userData'), 'licences.txt');
  await copyFile(licencesFile, copy);
  await openWithSystem(copy);
}

async function showAbout(): Promise<void> {
  const { electron, chrome, node } = process.versions;
  const { response } = await dialog.showMessageBox({
    type: 'info',
    title: 'About Micro Warehouse',
    message: `Micro Warehouse ${app.getVersion()}`,
    detail: `A small data warehouse on your laptop.\nNothing leaves this machine.\n\nElectron ${electron}\nChromium ${chrome}\nNode ${node}\n\nMIT licence. © 2026 The Micro Warehouse authors`,
    buttons: ['Close', 'Licences'],
    defaultId: 0,
    cancelId: 0,
  });
  if (response === 1) await showLicences();
}
