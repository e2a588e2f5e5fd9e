import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../contract/app-error';
import type { Check, RefreshSummary } from '../../contract/refresh-summary';
import type { ClusterOrigin, Model, RefreshLogEntry, WarehouseSummary } from '../../contract/warehouse';
import type { Workspace } from '../workspace';
import { describeModels } from './built-models';
import { readChanges } from './changes';
import { loadChecks } from '../models/check-file';
import { describeChecks, readCheckResults } from './check-results';
import type { Database } from '../database/database';
import { readFactResults } from './fact-results';
import { readDailyUsers } from './daily-users';
import { readDayFacts, type DayFacts } from './day-facts';
import { readManifest, type Manifest } from './manifest';
import { loadAllModels } from '../models/models';
import { originOf, readFinishTimes, readRefreshLog, readWaterfall } from './refresh-log';
import { LastKnown } from './last-known';
import { UnreadableRecords } from './read-records';

const historyLimit = 500;

/** Summaries kept in memory: those that a user may have open. */
const summariesKept = 20;

/** The refresh records of the database file; empty if there is none. */
export interface Records {
  readonly history: RefreshLogEntry[];
  readonly manifest: Manifest;
}

const noRecords: Records = { history: [], manifest: new Map() };

/**
 * Reads the records that pages show and a refresh itself doesn't need, so that a refresh can replace a file in which they
 * can't be read.
 * @throws UnreadableRecords
 */
export async function requireReadable(connection: DuckDBConnection): Promise<void> {
  await readRefreshLog(connection, historyLimit);
  await readFinishTimes(connection);
  await describeChecks([], connection);
}

/** Reads the records of refreshes from the database file; serves the last known ones while it is released. */
export class WarehouseRecords {
  readonly #records = new LastKnown<Records>();
  readonly #models = new LastKnown<Model[]>();
  readonly #dailyUsers = new LastKnown<ReadonlyMap<string, number>>();
  readonly #checks = new LastKnown<Check[]>();
  readonly #facts = new LastKnown<ReadonlyMap<string, DayFacts>>();
  /** Summaries never change, so the file needn't be reopened to show one again. */
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

  /**
   * The records, or the reason why they can't be read: a locked, damaged or unsafe file must not hide everything else.
   */
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

  /**
   * The last refresh's records of the days. If the file can't be read, there are none, and the manifest is null unless it
   * has been read before.
   */
  async knownDays(): Promise<{ manifest: Manifest | null; users: ReadonlyMap<string, number>; checks: Check[] }> {
    const { records, problem } = await this.recordsOrProblem();
    if (problem) {
      const manifest = records === noRecords ? null : records.manifest;
      return { manifest, users: new Map(), checks: [] };
    }
    const users = await this.#dailyUsers.read(this.#isReleased, () =>
      this.#read(async (connection) => (connection ? readDailyUsers(connection) : new Map())),
    );
    return { manifest: records.manifest, users, checks: await this.checks() };
  }

  /** The refresh on a cluster that gold came from; null if it was computed here, or there is none. */
  async origin(): Promise<ClusterOrigin | null> {
    return originOf((await this.records()).history);
  }

  /** The days on the cluster that gold comes from, as its refresh recorded them; null if gold was computed here. */
  async clusterDays(): Promise<readonly DayFacts[] | null> {
    const { records, problem } = await this.recordsOrProblem();
    if (originOf(records.history) === null) return null;
    if (problem) return [...(this.#facts.latest?.values() ?? [])];
    const facts = await this.#facts.read(this.#isReleased, () =>
      this.#read(async (connection) => (connection ? readDayFacts(connection) : new Map<string, DayFacts>())),
    );
    return [...facts.values()];
  }

  /** The summary of one refresh; null if the log doesn't have it. A notice names the parts that can't be read. */
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
    if (entry.status !== 'succeeded') return { entry, waterfall: [], checks: [], changes: [], facts: [] };
    return this.#read(async (connection) => {
      const unreadable: string[] = [];
      // A refresh doesn't look at these rows, so it wouldn't set the file aside because of them.
      const part = async <T>(name: string, read: (from: DuckDBConnection, id: number) => Promise<T[]>) => {
        try {
          return connection ? await read(connection, refreshId) : [];
        } catch (error) {
          if (!(error instanceof UnreadableRecords)) throw error;
          unreadable.push(name);
          return [];
        }
      };
      const waterfall = await part('rows by layer', readWaterfall);
      const checks = await part('results of checks', readCheckResults);
      const changes = await part('changes of metrics', readChanges);
      const facts = await part('planted facts', readFactResults);
      const notices = unreadable.map((name) => `The records of this refresh are damaged: its ${name} can't be read.`);
      const told = notices.length === 0 ? entry : { ...entry, notices: [...(entry.notices ?? []), ...notices] };
      return { entry: told, waterfall, checks, changes, facts };
    });
  }

  /** Reads everything once, so that it can be shown while the file is released. */
  async remember(): Promise<void> {
    // In sequence: if one fails, no other is still using the connection that is then closed.
    const { history } = await this.records();
    await this.models();
    await this.knownDays();
    await this.clusterDays();
    const last = history.find(({ status }) => status === 'succeeded');
    if (last) await this.summaryOf(last.refreshId);
  }

  get #isReleased(): boolean {
    return this.database.fileState.value.status === 'released';
  }

  /** Passes `work` a connection to the database file, or null if there is no file. */
  async #read<T>(work: (connection: DuckDBConnection | null) => Promise<T>): Promise<T> {
    return this.database.hold(async () => {
      if (!(await this.database.attach({ create: false }))) return work(null);
      return this.database.use(work);
    });
  }
}
