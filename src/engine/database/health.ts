import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { AppError } from '../../contract/app-error';
import { Observable } from '../observable';
import { duckDbFailure, hasFailedCheckpoint, isInvalidated } from '../sql/duckdb-failure';
import { translateErrors } from './translate-errors';

/** Notices internal errors of a DuckDB, after which it may refuse all work, on any of its connections. */
export class DatabaseHealth {
  /** The error after which DuckDB can't continue; null while it can. It stays: only a new process helps. */
  readonly failure = new Observable<AppError | null>(null);
  /** An internal error of DuckDB that may have invalidated it. */
  #suspect: AppError | null = null;

  constructor(
    private readonly instance: DuckDBInstance,
    /** Called after a checkpoint has failed: the file must be opened again. */
    private readonly onFailedCheckpoint: () => void,
  ) {}

  /** Whether no internal error has happened. */
  get isSound(): boolean {
    return this.#suspect === null;
  }

  /** Every connection is wrapped here. */
  watched(connection: DuckDBConnection): DuckDBConnection {
    /** The first failure of this connection: cleanup on it reports the same error. */
    let met: AppError | null = null;
    return translateErrors(connection, (error) => {
      if (hasFailedCheckpoint(error)) this.onFailedCheckpoint();
      const failure = (isInvalidated(error) ? met : null) ?? duckDbFailure(error, this.#suspect !== null);
      if (!failure) return error;
      met = failure;
      // The first error explains the failure.
      this.#suspect ??= failure;
      if (isInvalidated(error)) this.#fail();
      else void this.#probe();
      return failure;
    });
  }

  /** After an internal error DuckDB either continues or refuses all work; it doesn't say which. */
  async #probe(): Promise<void> {
    try {
      const connection = await this.instance.connect();
      await connection.run('SELECT 1');
      connection.closeSync();
      this.#suspect = null;
    } catch (error) {
      if (isInvalidated(error)) this.#fail();
    }
  }

  #fail(): void {
    if (this.failure.value === null) this.failure.set(this.#suspect);
  }
}
