import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { app, dialog, shell, type BrowserWindow } from 'electron';
import { AppError, toAppError } from '../../contract/app-error';
import type { AgreedLink, AppState, WorkspaceState } from '../../contract/workspace';
import { OpenedFolder } from '../../engine/fs/opened-folder';
import { isBelow } from '../../engine/fs/path-checks';
import { recoverWhenOpened } from '../../engine/warehouse/recover-workspace';
import type { Observable } from '../../engine/observable';
import { openWorkspace, type Workspace } from '../../engine/workspace';
import { agreedLinksOf, withAgreedLink, withRecent, type SettingsFile } from '../user-data/settings-file';
import type { ClusterService } from '../cluster/cluster-service';
import type { WarehouseSupervisor } from '../supervisor/supervisor';

/** How often to check whether the workspace was renamed, unmounted or deleted. */
const lookIntervalMs = 1_000;

/** Most warnings shown: a few are enough for a folder with many oddities. */
const mostNotices = 20;

/** Knows the open workspace, and changes it. */
export class WorkspaceService {
  #workspace: Workspace | null = null;
  #guard: OpenedFolder | null = null;

  constructor(
    private readonly appState: Observable<AppState>,
    private readonly settings: SettingsFile,
    private readonly supervisor: WarehouseSupervisor,
    private readonly clusters: ClusterService,
  ) {
    setInterval(() => void this.#look(), lookIntervalMs).unref();
  }

  /** @throws AppError WORKSPACE_INVALID if none is open */
  get current(): Workspace {
    if (this.#workspace) return this.#workspace;
    throw new AppError('WORKSPACE_INVALID', 'No workspace is open.', {
      action: 'Choose a folder for the workspace first.',
    });
  }

  /**
   * The same, after checking that its folder still exists.
   * @throws AppError WORKSPACE_INVALID
   */
  async present(): Promise<Workspace> {
    const workspace = this.current;
    await this.#guard?.check();
    return workspace;
  }

  /** Null if none is open. */
  get folder(): string | null {
    return this.#workspace?.folder ?? null;
  }

  /**
   * Opens the folder of the command line, otherwise the last one; the app's state reports a folder that can't be
   * opened.
   */
  async openInitial(folderOfCommandLine: string | null): Promise<void> {
    const stored = await this.settings.read();
    this.#show({ recent: stored.recent });
    const folder = folderOfCommandLine ?? stored.workspace;
    // The last folder is not recreated if its disk is missing.
    if (folder) await this.open(folder, folderOfCommandLine === null).catch(() => undefined);
  }

  /**
   * @param mustExist whether a missing folder is refused rather than created: the user has to restore one that is gone
   * @throws AppError WORKSPACE_INVALID, WORKSPACE_READ_ONLY, DISK_FULL
   */
  async open(folder: string, mustExist = folder === this.folder): Promise<void> {
    try {
      const guard = new OpenedFolder(path.resolve(folder));
      if (mustExist) await guard.check();
      const agreedLinks = agreedLinksOf(await this.settings.read(), path.resolve(folder));
      const workspace = await openWorkspace(folder, agreedLinks);
      await guard.check();
      const notices: AppError[] = [];
      await recoverWhenOpened(workspace, (notice) => notices.push(notice));
      // Before the process that may ask for it.
      const cluster = await this.clusters.open(workspace.folder);
      await this.supervisor.start(workspace);
      this.#workspace = workspace;
      this.#guard = guard;
      const { recent } = await this.settings.update((stored) => ({
        workspace: workspace.folder,
        recent: withRecent(stored.recent, workspace.folder),
      }));
      this.#show({ folder: workspace.folder, problem: null, notices: reportsOf(notices), recent, cluster });
    } catch (error) {
      const problem = toAppError(error);
      // An open workspace stays open: only the caller needs to know about the failure.
      if (!this.#workspace) this.#show({ problem: problem.toReport() });
      throw problem;
    }
  }

  /** Adds a warning about the workspace. */
  readonly tell = (notice: AppError): void => {
    this.#show({ notices: [...this.appState.value.workspace.notices, ...reportsOf([notice])].slice(-mostNotices) });
  };

  /** Dismisses the warnings. */
  dismissNotices(): void {
    this.#show({ notices: [] });
  }

  /**
   * Allows a link of the open workspace while it points to this target, and reopens the workspace.
   * @throws AppError INVALID_OPTIONS if it now points elsewhere
   */
  async allowLink(link: AgreedLink): Promise<void> {
    const { folder } = this.current;
    const real = await realpath(path.join(folder, link.path)).catch(() => null);
    if (real !== link.target) {
      throw new AppError('INVALID_OPTIONS', `${link.path} no longer points to ${link.target}.`, {
        action: 'Try again and check the target shown.',
      });
    }
    await this.settings.update((stored) => ({ agreedLinks: withAgreedLink(stored.agreedLinks, folder, link) }));
    await this.open(folder);
  }

  /** False if the user cancelled the dialog. */
  async choose(window: BrowserWindow): Promise<boolean> {
    const { filePaths } = await dialog.showOpenDialog(window, {
      title: 'Choose a workspace',
      buttonLabel: 'Use this folder',
      defaultPath: this.#workspace?.folder ?? app.getPath('documents'),
      properties: ['openDirectory', 'createDirectory'],
    });
    const [folder] = filePaths;
    if (folder) await this.open(folder);
    return folder !== undefined;
  }

  /**
   * Shows a file or folder in the system's file manager.
   * @param relative path inside the workspace
   */
  async reveal(relative: string): Promise<void> {
    const { folder, agreedLinks } = this.current;
    const target = path.resolve(folder, relative);
    // The file manager shows the folder that contains the entry, whatever a link points to.
    const shown = target === folder ? folder : await realpath(path.dirname(target)).catch(() => null);
    const roots = [folder, await realpath(folder), ...agreedLinks.values()];
    const isInside = isBelow(target, folder) && shown !== null && roots.some((root) => isBelow(shown, root));
    if (!isInside) {
      throw new AppError('INVALID_OPTIONS', `${relative} is not in the workspace.`, {
        action: 'Choose a path inside the workspace.',
      });
    }
    shell.showItemInFolder(target);
  }

  /** Notifies the window, which offers to retry or to open another workspace. */
  async #look(): Promise<void> {
    const guard = this.#guard;
    const problem = await guard?.check().then(
      () => null,
      (error: unknown) => toAppError(error).toReport(),
    );
    if (guard !== this.#guard || problem === undefined) return;
    const known = this.appState.value.workspace.problem;
    if (known?.message !== problem?.message) this.#show({ problem });
  }

  #show(change: Partial<WorkspaceState>): void {
    const state = this.appState.value;
    this.appState.set({ ...state, workspace: { ...state.workspace, ...change } });
  }
}

/** The suggested folder for a first workspace. */
export function suggestedWorkspaceFolder(): string {
  return path.join(app.getPath('documents'), 'Micro Warehouse');
}

function reportsOf(notices: readonly AppError[]): WorkspaceState['notices'] {
  return notices.slice(0, mostNotices).map((notice) => notice.toReport());
}
