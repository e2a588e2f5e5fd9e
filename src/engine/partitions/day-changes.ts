import { toAppError } from '../../contract/app-error';
import type { Breakage, Compaction, Deletion } from '../../contract/partitions';
import { recoverStaging } from '../commit/recovery';
import { lockWorkspace } from '../commit/lock';
import { systemError } from '../fs/system-error';
import type { Workspace } from '../workspace';
import { breakDays } from './break-days';
import { compactDay } from './compact-day';
import type { Database } from '../database/database';
import { deleteDays, emptyTrash, listDeletions, recoverTrash, restoreDeletion } from '../commit/trash';
import { eventFilesOf } from '../events/unread-entries';

/** The lock holder's name in messages to others. */
const holder = 'the window';

/** Changes to the files of single days, each under the lock that runs of Generate take. */
export class DayChanges {
  constructor(
    private readonly workspace: Workspace,
    private readonly database: Database,
  ) {}

  /** @throws AppError WORKSPACE_BUSY, NO_EVENTS, WORKSPACE_READ_ONLY */
  remove(dates: readonly string[]): Promise<Deletion> {
    return this.#locked(() => deleteDays(this.workspace, dates));
  }

  deletions(): Promise<Deletion[]> {
    return listDeletions(this.workspace);
  }

  /** @throws AppError WORKSPACE_BUSY, INVALID_OPTIONS */
  restore(id: string): Promise<Deletion> {
    return this.#locked(() => restoreDeletion(this.workspace, id));
  }

  /** @throws AppError WORKSPACE_BUSY, INVALID_OPTIONS, NO_EVENTS, PARQUET_DAMAGED, DISK_FULL */
  break(dates: readonly string[], breakage: Breakage): Promise<Deletion> {
    return this.#locked(() =>
      this.database.use((connection) => breakDays(dates, breakage, this.workspace, connection)),
    );
  }

  /** @throws AppError WORKSPACE_BUSY, INVALID_OPTIONS, PARQUET_DAMAGED, DISK_FULL */
  compact(date: string): Promise<Compaction> {
    return this.#locked(async () => {
      const files = await eventFilesOf(this.workspace, date);
      return this.database.use((connection) => compactDay(date, files, this.workspace, connection));
    });
  }

  /** After a refresh deletions are permanent. If a run is writing, they stay until the next refresh. */
  async makeFinal(): Promise<void> {
    try {
      if ((await this.deletions()).length === 0) return;
      await this.#locked(() => emptyTrash(this.workspace));
    } catch {
      // The refresh has succeeded. Whatever prevents this is reported by the next change to days.
    }
  }

  async #locked<T>(work: () => Promise<T>): Promise<T> {
    try {
      const lock = await lockWorkspace(this.workspace, holder);
      try {
        await recoverStaging(this.workspace);
        await recoverTrash(this.workspace);
        return await work();
      } finally {
        await lock.release();
      }
    } catch (error) {
      throw systemError(error, this.workspace.folder) ?? toAppError(error);
    }
  }
}
