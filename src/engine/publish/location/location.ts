import type { RunLogEntry } from '../../../contract/generation';
import type { OpenedFile } from '../../fs/opened-file';

/** One file to publish. */
export interface FileToPublish {
  /** Its path from the location, with `/`: `data/events/date=2025-01-31/events-….parquet`. */
  readonly name: string;
  readonly content: OpenedFile;
}

/** Whether something was written, or was there with the same content. */
export type Added = 'added' | 'present';

/**
 * A place that several machines publish runs to, laid out like a workspace. Nothing there is ever replaced or deleted,
 * except unfinished files of killed programs of ours.
 */
export interface Location {
  /** As shown in messages: a path, or `s3://bucket/prefix`. */
  readonly name: string;
  /** How many files are copied at the same time. */
  readonly concurrency: number;
  /**
   * Checks that the location can be reached.
   * @param toWrite whether a folder that doesn't exist is created
   * @throws AppError LOCATION_INVALID, or an error for {@link explain}
   */
  open(toWrite: boolean): Promise<void>;
  /** Ids of the runs that have been published completely. */
  runIds(): Promise<ReadonlySet<string>>;
  /** A published run; null if there is none, or something else. */
  run(runId: string): Promise<RunLogEntry | null>;
  /** Copies a file, all of it or nothing. @throws AppError LOCATION_CONFLICT if another one has its name */
  addFile(file: FileToPublish, signal: AbortSignal): Promise<Added>;
  /** Publishes a run whose files are all there. @throws AppError LOCATION_CONFLICT if another one has its id */
  addRun(run: RunLogEntry): Promise<Added>;
  /** An error of this location in plain words; the same error if there are none. */
  explain(error: unknown): unknown;
  close(): void;
}
