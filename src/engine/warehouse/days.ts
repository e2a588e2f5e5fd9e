import { AppError } from '../../contract/app-error';
import type { ParquetFile, Partition } from '../../contract/partitions';
import type { Database } from '../database/database';
import { listEvents, type EventFile } from '../events/event-files';
import { readFooters } from '../events/parquet-footer';
import type { ParquetRowCounter } from '../events/parquet-rows';
import { eventFilesOf } from '../events/unread-entries';
import { DayChanges } from '../partitions/day-changes';
import { countHours } from '../partitions/day-hours';
import { filesByDay, partitionsOf, recordedDays, type DayFiles } from '../partitions/partitions';
import { staleDaysOf } from '../records/manifest';
import type { WarehouseRecords } from '../records/records';
import type { Workspace } from '../workspace';

export interface DaysOptions {
  readonly workspace: Workspace;
  readonly database: Database;
  readonly records: WarehouseRecords;
  readonly rowCounter: ParquetRowCounter;
  /** A refresh reads the files of the days, which then can't be changed. */
  readonly isRefreshing: () => boolean;
}

/** The days of a workspace: their figures, their files, and changes to these. */
export class Days {
  readonly #changes: DayChanges;
  #changing = 0;

  constructor(private readonly options: DaysOptions) {
    this.#changes = new DayChanges(options.workspace, options.database);
  }

  /** The days with their records, by date. Reads footers only of files with an unknown row count. */
  async list(): Promise<Partition[]> {
    const { workspace, records } = this.options;
    const listing = await listEvents(workspace);
    const { files, lockedDays } = listing;
    const days = await this.filesByDay(files);
    const { manifest, users, checks } = await records.knownDays();
    const recorded = await records.clusterDays();
    if (recorded !== null)
      return partitionsOf(recordedDays(recorded), { staleDays: [], lockedDays: [], leftOut: [], users, checks });
    // Without a manifest nobody knows which files the last refresh has read.
    const staleDays = manifest === null ? [] : staleDaysOf(manifest, listing);
    const leftOut = files.filter(({ path }) => manifest?.get(path)?.left_out);
    return partitionsOf(days, { staleDays, lockedDays, leftOut, users, checks });
  }

  /** Files with their row counts, by day. */
  filesByDay(files: readonly EventFile[]): Promise<DayFiles[]> {
    const { database, rowCounter } = this.options;
    return database.use(async (connection) => filesByDay(files, await rowCounter.countAll(files, connection)));
  }

  /** The footers of a day's Parquet files. */
  async filesOf(date: string): Promise<ParquetFile[]> {
    const { workspace, database } = this.options;
    const files = await eventFilesOf(workspace, date);
    return database.use((connection) => readFooters(files, workspace, connection));
  }

  /** Events of a day by hour, 0 to 23; damaged files are left out. */
  async hoursOf(date: string): Promise<number[]> {
    const { workspace, database, rowCounter } = this.options;
    const files = await eventFilesOf(workspace, date);
    return database.use(async (connection) => {
      const rows = await rowCounter.count(files, connection);
      const readable = files.filter((file) => rows.get(file.path) !== null);
      return countHours(readable, workspace, connection);
    });
  }

  /**
   * Runs a change to the files of some days, one at a time. A refresh that starts meanwhile is refused with
   * WORKSPACE_BUSY.
   * @throws AppError WORKSPACE_BUSY while a refresh runs
   */
  async change<T>(change: (days: DayChanges) => Promise<T>): Promise<T> {
    await this.options.database.requireFolder();
    if (this.options.isRefreshing()) {
      throw new AppError('WORKSPACE_BUSY', 'A refresh is reading the files.', {
        action: 'Wait for it to finish, or cancel it.',
      });
    }
    this.#changing += 1;
    try {
      return await change(this.#changes);
    } finally {
      this.#changing -= 1;
    }
  }

  /** Whether files of a day are being changed. */
  get areChanging(): boolean {
    return this.#changing > 0;
  }

  /** Deletions of days that can be undone, newest first. */
  deletions() {
    return this.#changes.deletions();
  }

  /** After a refresh deletions are permanent. If a run is writing, they stay until the next refresh. */
  makeFinal(): Promise<void> {
    return this.#changes.makeFinal();
  }
}
