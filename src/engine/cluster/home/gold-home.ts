import { AppError } from '../../../contract/app-error';
import type { RefreshChange } from '../../../contract/refresh-summary';
import { compareRows, sameColumns } from '../../records/changes';
import { readRelations, type BuiltModel, type Relations } from '../../records/built-tables';
import type { DayFacts } from '../../records/day-facts';
import type { ModelFile } from '../../models/model-file';
import { userModelError } from '../../models/user-model-failure';
import { buildTable, countRows, describe } from '../../refresh/build';
import type { RefreshTask } from '../../refresh/input';
import { causesOf, type DataChanges } from '../../refresh/plan';
import { Sources } from '../../refresh/restricted-reads';
import { quoteIdentifier } from '../../sql/quote';
import type { PortabilityProblem } from '../portable/portability';
import type { ClusterProgram } from '../refresh/input';
import type { ClusterState } from '../refresh/state';
import { unexpectedRecords, type ClusterSession } from '../session';
import { rowsTable } from '../tables';
import { streamTable } from './stream-table';

/** What came home. */
export interface GoldHome {
  readonly models: readonly BuiltModel[];
  readonly changes: readonly RefreshChange[];
  /** Names of the tables whose rows may have changed. */
  readonly changed: ReadonlySet<string>;
}

interface Parts {
  readonly task: RefreshTask;
  readonly session: ClusterSession;
  readonly state: ClusterState;
  readonly program: ClusterProgram;
  /** Id of the refresh in the local log. */
  readonly refreshId: number;
  readonly built: ReadonlyMap<string, BuiltModel>;
  /** Null if what is here came from elsewhere, so that there is nothing to compare with. */
  readonly before: ReadonlyMap<string, DayFacts> | null;
  readonly after: ReadonlyMap<string, DayFacts>;
}

/** Replaces the local models by those of the cluster, inside a transaction of the caller. */
export class GoldStream {
  readonly #models: BuiltModel[] = [];
  readonly #changes: RefreshChange[] = [];
  readonly #changed = new Set<string>();
  #relations: Relations = new Map();

  constructor(private readonly parts: Parts) {}

  async bring(): Promise<GoldHome> {
    const { task, state, program } = this.parts;
    this.#relations = await readRelations(task.connection);
    await this.#dropOthers();
    for (const model of state.models) {
      const declared = task.modelSet.models.find(({ name }) => name === model.name);
      if (model.layer !== 'gold' || !declared) this.#keep(model.name, model.rows, model.definition, null);
      else if (model.problem) await this.#failed(declared, model.definition, model.problem);
      else await this.#stream(declared, model.definition);
    }
    const home = new Set(
      state.models.filter(({ layer, problem }) => layer === 'gold' && !problem).map(({ name }) => name),
    );
    for (const model of task.modelSet.models) {
      if (program.models.some(({ name }) => name === model.name)) continue;
      if (await this.#buildHere(model, home)) home.add(model.name);
    }
    for (const { name, problem } of task.modelSet.broken)
      this.#models.push(this.#record(name, 0, '', problem.toReport()));
    return { models: this.#models, changes: this.#changes, changed: this.#changed };
  }

  /** Bronze and silver stay on the cluster; those of an earlier refresh here don't belong to this gold. */
  async #dropOthers(): Promise<void> {
    const { task, built } = this.parts;
    const declared = new Set(task.modelSet.models.filter(({ layer }) => layer === 'gold').map(({ name }) => name));
    const ours = [...built.keys(), ...task.modelSet.models.map(({ name }) => name)];
    for (const name of new Set(ours)) if (!declared.has(name)) await this.#drop(name);
  }

  async #drop(name: string): Promise<void> {
    const kind = this.#relations.get(name);
    if (kind) await this.parts.task.connection.run(`DROP ${kind} IF EXISTS ${quoteIdentifier(name)}`);
  }

  async #stream(model: ModelFile, definition: string): Promise<void> {
    const { task, session, state } = this.parts;
    const { connection } = task;
    const snapshot = state.snapshots[rowsTable(model.name)];
    if (snapshot === undefined) {
      throw unexpectedRecords(`The cluster's log of refreshes has no snapshot of ${model.name}.`);
    }
    const rows = session.result(rowsTable(model.name));
    await streamTable(session, `SELECT * FROM ${rows} FOR VERSION AS OF ${snapshot}`, connection);
    if (await this.#takeFresh(model)) this.#changed.add(model.name);
    this.#keep(model.name, await countRows(model.name, connection), definition, null);
  }

  /** Replaces the local table if its rows differ. */
  async #takeFresh(model: ModelFile): Promise<boolean> {
    const { connection } = this.parts.task;
    const table = quoteIdentifier(model.name);
    const kind = this.#relations.get(model.name);
    const [before, after] = [`SELECT * FROM ${table}`, 'SELECT * FROM temp.fresh_rows'];
    if (kind === 'table' && (await sameColumns(connection, before, after))) {
      const changes = await compareRows(connection, before, after, model.period?.column ?? null);
      if (changes.length === 0) return false;
      this.#tell(model, changes);
    }
    if (kind === 'view') await connection.run(`DROP VIEW ${table}`);
    await connection.run(`CREATE OR REPLACE TABLE ${table} AS FROM temp.fresh_rows`);
    await connection.run('DROP TABLE temp.fresh_rows');
    await describe(model, 'TABLE', connection);
    return true;
  }

  #tell(model: ModelFile, changes: Awaited<ReturnType<typeof compareRows>>): void {
    const { before, after } = this.parts;
    if (before === null) return;
    const data: DataChanges = { days: daysThatDiffer(before, after), before, after };
    for (const change of changes) {
      this.#changes.push({ ...change, model: model.name, causedBy: causesOf(change.period, model, data) });
    }
  }

  /** Keeps what the table had: a failing model must not take the last good rows away. */
  async #failed(model: ModelFile, definition: string, problem: BuiltModel['problem']): Promise<void> {
    const rows = this.#relations.has(model.name) ? await countRows(model.name, this.parts.task.connection) : 0;
    this.#models.push(this.#record(model.name, rows, definition, problem));
  }

  /**
   * Builds a model that can't run on the cluster from what came home, if that is all it reads.
   * @returns whether it stands
   */
  async #buildHere(model: ModelFile, home: ReadonlySet<string>): Promise<boolean> {
    const { task, program } = this.parts;
    const { connection, workspace } = task;
    if (model.dependsOn.length === 0 || !model.dependsOn.every((name) => home.has(name))) {
      await this.#drop(model.name);
      const problem = notPortable(model, program.notPortable.get(model.name) ?? []);
      this.#models.push(this.#record(model.name, 0, '', problem.toReport()));
      return false;
    }
    try {
      const sources = new Sources(connection, { bronzeOf: () => '', silverSelect: '' });
      const context = { connection, workspace, sources, relations: this.#relations };
      const { changed } = await buildTable({ ...model, kind: 'table' }, { action: 'all' }, context);
      if (changed) this.#changed.add(model.name);
      this.#keep(model.name, await countRows(model.name, connection), model.sql, null);
      return true;
    } catch (error) {
      const problem = userModelError(model, error, workspace.folder);
      this.#models.push(this.#record(model.name, 0, model.sql, problem.toReport()));
      return false;
    }
  }

  #keep(name: string, rows: number, definition: string, problem: BuiltModel['problem']): void {
    this.#models.push(this.#record(name, rows, definition, problem));
  }

  /** With a fingerprint that no local model has: a later refresh here builds everything again. */
  #record(name: string, rows: number, definition: string, problem: BuiltModel['problem']): BuiltModel {
    const { refreshId, built } = this.parts;
    const changedBy = this.#changed.has(name) ? refreshId : (built.get(name)?.refreshId ?? refreshId);
    return { name, fingerprint: 'computed on a cluster', definition, rows, refreshId: changedBy, problem };
  }
}

/** The days that differ between two states of the warehouse. */
function daysThatDiffer(before: ReadonlyMap<string, DayFacts>, after: ReadonlyMap<string, DayFacts>): string[] {
  const days = new Set([...before.keys(), ...after.keys()]);
  return [...days].filter((day) => JSON.stringify(before.get(day)) !== JSON.stringify(after.get(day))).toSorted();
}

function notPortable({ file }: ModelFile, problems: readonly PortabilityProblem[]): AppError {
  const [first] = problems;
  const why = first
    ? `${file}, line ${first.line}: ${first.reason}`
    : `${file} depends on a model that can't run there`;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return new AppError('MODEL_INVALID', `Your model can't run on the cluster: ${why}${more}.`, {
    action: `Change it, or write its SQL for Trino into ${file.replace(/\.sql$/, '.trino.sql')}, and refresh again.`,
  });
}
