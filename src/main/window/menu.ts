import { app, BrowserWindow, dialog, Menu, type MenuItemConstructorOptions } from 'electron';
import { actionIds, actionOf, appActions, type ActionId, type AppAction } from '../../contract/actions';
import type { AppState } from '../../contract/workspace';
import type { Observable } from '../../engine/observable';
import { appActionsOf } from './app-actions';
import { logOf } from '../logs/logs';
import type { WorkspaceService } from '../workspace/workspace-service';

type AskWindow = (action: ActionId) => void;

/** The menu bar. Roles give each system its usual labels, keys and places. */
export function setMenu(workspaces: WorkspaceService, ask: AskWindow): void {
  const isMac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
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
    { label: '&Data', submenu: dataItems(ask) },
    ...(isMac ? [{ role: 'windowMenu' } as const] : []),
    { label: '&Help', role: 'help', submenu: [...windowItems(['shortcuts'], ask), ...helpItems(workspaces)] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** Actions of the window need a workspace: without one, their items are disabled. */
export async function followWorkspace(appState: Observable<AppState>): Promise<void> {
  const ofApp: ReadonlySet<ActionId> = new Set(appActions);
  for await (const { workspace } of appState.follow()) {
    const enabled = workspace.folder !== null;
    for (const id of actionIds.filter((action) => !ofApp.has(action))) {
      const item = Menu.getApplicationMenu()?.getMenuItemById(id);
      if (item) item.enabled = enabled;
    }
  }
}

/** The standard items, and the app's own undo, which is separate from that of text. */
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

/** Items for actions of the window. It handles the keys itself, so that they work the same with and without a menu. */
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

function dataItems(ask: AskWindow): MenuItemConstructorOptions[] {
  return [
    ...windowItems(['generate', 'advance'], ask),
    { type: 'separator' },
    ...windowItems(['refresh', 'full-refresh', 'partial-refresh'], ask),
    { type: 'separator' },
    ...windowItems(['cancel'], ask),
    { type: 'separator' },
    ...windowItems(['release-file'], ask),
  ];
}

function helpItems(workspaces: WorkspaceService): MenuItemConstructorOptions[] {
  const actions = appActionsOf(workspaces);
  const item = (id: AppAction): MenuItemConstructorOptions => ({
    id,
    label: actionOf(id).title,
    click: act(async () => actions[id](currentWindow())),
  });
  return [item('open-logs'), item('copy-diagnostics'), { type: 'separator' }, item('licences'), item('about')];
}

/** Reports a failed click to the user and to the log. */
function act(work: () => Promise<unknown>): () => void {
  return () =>
    void work().catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      logOf('main').error(message);
      dialog.showErrorBox('Action failed', message);
    });
}

/** The only window; without one there is a menu on macOS only. */
function currentWindow(): BrowserWindow | undefined {
  return BrowserWindow.getAllWindows()[0];
}

async function chooseWorkspace(workspaces: WorkspaceService): Promise<void> {
  const window = currentWindow();
  if (window) await workspaces.choose(window);
}
