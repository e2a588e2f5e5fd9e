import { randomUUID } from 'node:crypto';
import { copyFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { app, dialog, type BrowserWindow } from 'electron';
import { AppError } from '../contract/app-error';
import { fileNameOf } from '../contract/file-name';
import type { Picture } from '../contract/main-contract';
import type { ExportFormat } from '../contract/result-work';
import { newExportId, stagedExport } from '../engine/console/export-file';
import { systemError } from '../engine/system-error';
import type { WorkspaceService } from './workspace-service';

type FileFormat = ExportFormat | 'png' | 'svg';

const formatNames: Record<FileFormat, string> = {
  csv: 'CSV',
  'csv-as-text': 'CSV',
  parquet: 'Parquet',
  json: 'JSON',
  png: 'PNG picture',
  svg: 'SVG picture',
};

interface Pending {
  readonly staged: string;
  readonly target: string;
}

/** Puts files where the user says: the window never names a path, and a file is seen under its name only when whole. */
export class ExportService {
  readonly #pending = new Map<string, Pending>();

  constructor(private readonly workspaces: WorkspaceService) {}

  async choose(window: BrowserWindow, name: string, format: ExportFormat) {
    const { exportsFolder } = this.workspaces.current;
    const target = await askForFile(window, name, format);
    if (target === null) return null;
    const exportId = await newExportId();
    this.#pending.set(exportId, { staged: stagedExport(exportsFolder, exportId), target });
    return { exportId, file: path.basename(target) };
  }

  /** @throws AppError when the file can't be put there; nothing is left then */
  async finish(exportId: string): Promise<string> {
    const pending = this.#pending.get(exportId);
    if (!pending) throw new AppError('RESULT_GONE', 'This export is no longer there.', { action: 'Export again.' });
    try {
      await moveFile(pending.staged, pending.target);
      return pending.target;
    } catch (error) {
      throw targetError(error, pending.target);
    } finally {
      await this.discard(exportId);
    }
  }

  async discard(exportId: string): Promise<void> {
    const pending = this.#pending.get(exportId);
    this.#pending.delete(exportId);
    if (pending) await rm(pending.staged, { force: true });
  }

  async savePicture(window: BrowserWindow, name: string, picture: Picture) {
    // Before the dialog covers it.
    const bytes =
      picture.format === 'svg' ? picture.text : (await window.webContents.capturePage(picture.area)).toPNG();
    const target = await askForFile(window, name, picture.format);
    if (target === null) return null;
    const aside = asideOf(target);
    try {
      await writeFile(aside, bytes);
      await rename(aside, target);
      return target;
    } catch (error) {
      await rm(aside, { force: true });
      throw targetError(error, target);
    }
  }
}

/** The user chose where: the way out is another place. */
function targetError(error: unknown, target: string): unknown {
  const folder = path.dirname(target);
  const action = 'Export again and choose another folder.';
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
    return new AppError('INVALID_OPTIONS', `There is no folder ${folder}.`, { action, cause: error.message });
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
  return canceled || !filePath ? null : filePath;
}

/** Beside the target, so that the last step is a rename whatever disk that is on. */
function asideOf(target: string): string {
  // Not after the target, whose name may be as long as the system takes.
  return path.join(path.dirname(target), `.micro-warehouse-${randomUUID()}.part`);
}

async function moveFile(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
    const aside = asideOf(to);
    try {
      await copyFile(from, aside);
      await rename(aside, to);
    } catch (failure) {
      await rm(aside, { force: true });
      throw failure;
    }
  }
}
