import { stat } from 'node:fs/promises';
import path from 'node:path';
import { app, dialog, shell, type BrowserWindow } from 'electron';
import { AppError } from '../../contract/app-error';
import { fileNameOf } from '../../contract/text/file-name';
import type { Picture } from '../../contract/rpc/main-contract';
import type { ExportFormat } from '../../contract/result-work';
import { discardExport, newExportId, stagedExport } from '../../engine/results/export-file';
import { moveForUser, writeForUser } from '../../engine/fs/user-files/user-target';
import { systemError } from '../../engine/fs/system-error';
import type { Workspace } from '../../engine/workspace';
import type { WorkspaceService } from './workspace-service';

type FileFormat = ExportFormat | 'png' | 'svg';

const formatNames: Record<FileFormat, string> = {
  csv: 'CSV',
  'csv-as-text': 'CSV',
  parquet: 'Parquet',
  json: 'JSON',
  png: 'PNG image',
  svg: 'SVG image',
};

interface Pending {
  readonly workspace: Workspace;
  readonly target: string;
}

/** Finished exports that can still be shown or opened. */
const mostFinished = 50;
/** A name that the user has typed may end in anything; a system might run other files instead of showing them. */
const openable = /\.(csv|parquet|json|png|svg)$/i;

/**
 * Saves files where the user chooses: the window never names a path, and a file appears under its name only when it is
 * complete.
 */
export class ExportService {
  readonly #pending = new Map<string, Pending>();
  /** Paths by the id of the export, the oldest first. */
  readonly #finished = new Map<string, string>();

  constructor(private readonly workspaces: WorkspaceService) {}

  async choose(window: BrowserWindow, name: string, format: ExportFormat) {
    const workspace = this.workspaces.current;
    const target = await askForFile(window, name, format);
    if (target === null) return null;
    const exportId = await newExportId();
    this.#pending.set(exportId, { workspace, target });
    return { exportId, file: path.basename(target) };
  }

  /** @throws AppError if the file can't be saved; nothing is left behind */
  async finish(exportId: string): Promise<string> {
    const pending = this.#pending.get(exportId);
    if (!pending) throw new AppError('RESULT_GONE', 'This export has expired.', { action: 'Export again.' });
    try {
      await moveForUser(pending.workspace, stagedExport(pending.workspace, exportId), pending.target);
      this.#remember(exportId, pending.target);
      return pending.target;
    } catch (error) {
      throw targetError(error, pending.target);
    } finally {
      await this.discard(exportId);
    }
  }

  #remember(exportId: string, target: string): void {
    this.#finished.set(exportId, target);
    for (const oldest of this.#finished.keys()) {
      if (this.#finished.size <= mostFinished) break;
      this.#finished.delete(oldest);
    }
  }

  /** Shows a finished export in the file manager. @throws AppError RESULT_GONE if it was moved or deleted */
  async reveal(exportId: string): Promise<void> {
    shell.showItemInFolder(await this.#targetOf(exportId));
  }

  /** Opens a finished export with the system's program for it. @throws AppError RESULT_GONE, INVALID_OPTIONS */
  async open(exportId: string): Promise<void> {
    const target = await this.#targetOf(exportId);
    const name = path.basename(target);
    const problem = openable.test(name) ? await shell.openPath(target) : 'Its name has another ending.';
    if (problem === '') return;
    throw new AppError('INVALID_OPTIONS', `${name} can't be opened from here.`, {
      action: 'Show it in its folder, and open it with a program of your choice.',
      cause: problem,
    });
  }

  async #targetOf(exportId: string): Promise<string> {
    const target = this.#finished.get(exportId);
    if (target !== undefined && (await stat(target).catch(() => null))?.isFile()) return target;
    throw new AppError('RESULT_GONE', 'The exported file is no longer there.', { action: 'Export again.' });
  }

  async discard(exportId: string): Promise<void> {
    const pending = this.#pending.get(exportId);
    this.#pending.delete(exportId);
    if (pending) await discardExport(pending.workspace, exportId);
  }

  /** Asks where to save a picture, and saves it; null if the user cancelled. @throws AppError if it can't be saved */
  async savePicture(window: BrowserWindow, name: string, picture: Picture) {
    const bytes = picture.format === 'svg' ? picture.text : picture.bytes;
    const target = await askForFile(window, name, picture.format);
    if (target === null) return null;
    try {
      await writeForUser(target, bytes);
      const exportId = await newExportId();
      this.#remember(exportId, target);
      return { exportId, path: target };
    } catch (error) {
      throw targetError(error, target);
    }
  }
}

/** The user chose the folder: the remedy is another one. */
function targetError(error: unknown, target: string): unknown {
  const folder = path.dirname(target);
  const action = 'Export again and choose another folder.';
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
    return new AppError('INVALID_OPTIONS', `The folder ${folder} doesn't exist.`, { action, cause: error.message });
  }
  const known = systemError(error, folder);
  return known ? new AppError(known.code, known.message, { action, cause: known.details.cause }) : error;
}

async function askForFile(window: BrowserWindow, name: string, format: FileFormat): Promise<string | null> {
  const extension = format === 'csv-as-text' ? 'csv' : format;
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: `Save as ${formatNames[format]}`,
    defaultPath: path.join(app.getPath('documents'), fileNameOf(name, `.${extension}`)),
    filters: [{ name: formatNames[format], extensions: [extension] }],
  });
  if (canceled || !filePath) return null;
  return (await mayReplace(window, filePath)) ? filePath : null;
}

/**
 * The dialogs of macOS and Windows ask this themselves. That of Linux does not, and adds the extension after the user
 * has chosen, so that the name may be that of a file which the user has not seen.
 */
async function mayReplace(window: BrowserWindow, file: string): Promise<boolean> {
  if (process.platform !== 'linux' || (await stat(file).catch(() => null)) === null) return true;
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: `There is a file ${path.basename(file)} already.`,
    detail: `It is in ${path.dirname(file)}. Replacing it deletes what it holds.`,
    buttons: ['Cancel', 'Replace'],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 1;
}
