import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../contract/app-error';
import type { Check, RefreshSummary } from '../../contract/refresh-summary';
import type { Model, RefreshLogEntry, WarehouseSummary } from '../../contract/warehouse';
import type { Workspace } from '../workspace';
import { describeModels } from './built-models';
import { readChanges } from './changes';
import { loadChecks } from '../models/check-file';
import { describeChecks, readCheckResults } from './check-results';
import type { Database } from '../database/database';
import { readDailyUsers } from './daily-users';
import { readManifest, type Manifest } from './manifest';
import { loadAllModels } from '../models/models';
import { readFinishTimes, readRefreshLog, readWaterfall } from './refresh-log';
import { Remembered } from './last-known';

const historyLimit = 500;

/** Summaries that are kept in memory: those that a user may have open. */
const summariesKept = 20;

/** What the database file knows of the refreshes; empty while there is none. */
export interface Records {
  readonly history: RefreshLogEntry[];
  readonly manifest: Manifest;
}

const noRecords: Records = { history: [], manifest: new Map() };

/**
 * Reads what a refresh itself has no need of, and the user is shown all the same: a refresh is what mends a file.
 * @throws UnreadableRecords
 */
export async function requireReadable(connection: DuckDBConnection): Promise<void> {
  await readRefreshLog(connection, historyLimit);
  await readFinishTimes(connection);
  await describeChecks([], connection);
}

/** Reads what refreshes have left in the database file; while that is released, tells what it last knew. */
export class WarehouseRecords {
  readonly #records = new Remembered<Records>();
  readonly #models = new Remembered<Model[]>();
  readonly #dailyUsers = new Remembered<ReadonlyMap<string, number>>();
  readonly #checks = new Remembered<Check[]>();
  /** What a refresh found never changes afterwards, so that the file need not be taken back to tell it again. */
  readonly #summaries = new Map<number, RefreshSummary>();

  constructor(
    private readonly workspace: Workspace,
    private readonly database: Database,
    private readonly modelsFolder: string,
  ) {}

  records(): Promise<Records> {
    return this.#records.read(this.#isReleased, () =>
      this.#read(async (connection) =>
        connection
          ? { history: await readRefreshLog(connection, historyLimit), manifest: await readManifest(connection) }
          : noRecords,
      ),
    );
  }

  /** The records, or why they can't be read: a file that is held, damaged or unsafe must not keep the rest from being shown. */
  async recordsOrProblem(): Promise<{ records: Records; problem: WarehouseSummary['problem'] }> {
    try {
      return { records: await this.records(), problem: null };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'DATABASE_LOCKED')
        return { records: this.#records.latest ?? noRecords, problem: error.toReport() };
      if (!['DATABASE_DAMAGED', 'DATABASE_UNSAFE', 'WORKSPACE_INVALID'].includes(error.code)) throw error;
      return { records: noRecords, problem: error.toReport() };
    }
  }

  models(): Promise<Model[]> {
    return this.#models.read(this.#isReleased, async () => {
      const modelSet = await loadAllModels(this.modelsFolder, this.workspace);
      return this.#read((connection) => describeModels(modelSet, connection));
    });
  }

  checks(): Promise<Check[]> {
    return this.#checks.read(this.#isReleased, async () => {
      const checks = await loadChecks(this.modelsFolder);
      return this.#read((connection) => describeChecks(checks, connection));
    });
  }

  /** What the last refresh knew of the days; nothing where the file can't be read. */
  async knownDays(): Promise<{ manifest: Manifest; users: ReadonlyMap<string, number>; checks: Check[] }> {
    const { records, problem } = await this.recordsOrProblem();
    if (problem) return { manifest: records.manifest, users: new Map(), checks: [] };
    const users = await this.#dailyUsers.read(this.#isReleased, () =>
      this.#read(async (connection) => (connection ? readDailyUsers(connection) : new Map())),
    );
    return { manifest: records.manifest, users, checks: await this.checks() };
  }

  /** What one refresh found; null where the log does not know it. */
  async summaryOf(refreshId: number): Promise<RefreshSummary | null> {
    const known = this.#summaries.get(refreshId);
    if (known && this.#isReleased) return known;
    const entry = (await this.records()).history.find((candidate) => candidate.refreshId === refreshId);
    if (!entry) return null;
    const summary = await this.#readSummary(entry);
    this.#summaries.set(refreshId, summary);
    const oldest = this.#summaries.keys().next();
    if (this.#summaries.size > summariesKept && !oldest.done) this.#summaries.delete(oldest.value);
    return summary;
  }

  #readSummary(entry: RefreshLogEntry): Promise<RefreshSummary> | RefreshSummary {
    const { refreshId } = entry;
    if (entry.status !== 'succeeded') return { entry, waterfall: [], checks: [], changes: [] };
    return this.#read(async (connection) => ({
      entry,
      waterfall: connection ? await readWaterfall(connection, refreshId) : [],
      checks: connection ? await readCheckResults(connection, refreshId) : [],
      changes: connection ? await readChanges(connection, refreshId) : [],
    }));
  }

  /** Asks everything once, so that there is something to show while the file is away. */
  async remember(): Promise<void> {
    // One after the other: when one fails, none of the others is still using what is closed then.
    const { history } = await this.records();
    await this.models();
    await this.knownDays();
    const last = history.find(({ status }) => status === 'succeeded');
    if (last) await this.summaryOf(last.refreshId);
  }

  get #isReleased(): boolean {
    return this.database.fileState.value.status === 'released';
  }

  /** Lends a connection to the database file; null where there is no file. */
  async #read<T>(work: (connection: DuckDBConnection | null) => Promise<T>): Promise<T> {
    return this.database.hold(async () => {
      if (!(await this.database.attach({ create: false }))) return work(null);
      return this.database.use(work);
    });
  }
}
