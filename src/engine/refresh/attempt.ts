import { codeOf } from '../sql/sql-comments';
import { bronze, silver } from '../../contract/relations';
import { sum } from '../../contract/sum';
import { cancelled, type AppError } from '../../contract/app-error';
import type { RefreshChange } from '../../contract/refresh-summary';
import { buildTable, buildView, countRows, type BuildContext } from './build';
import { selectFromFiles } from '../models/bronze-view';
import { BuildLedger } from './build-ledger';
import { writeBuiltModels } from '../records/built-tables';
import { writeChanges } from '../records/changes';
import { measureDays, readDayFacts, writeDayFacts, type DayFacts, type MeasuredDay } from '../records/day-facts';
import { factResults, recordFacts } from '../facts/record-facts';
import { refuseFarEvents } from './far-events';
import { blockedExports, exportPath, writeExports } from './exports';
import { writeManifest } from '../records/manifest';
import type { ModelFile } from '../models/model-file';
import { selectOf } from '../models/models';
import { causesOf, daysToRead, planModels, type DataChanges, type ModelPlan } from './plan';
import { mustMeasureAll, type RefreshInput, type RefreshTask } from './input';
import { figuresOf, type RefreshOutcome } from './outcome';
import type { StepList } from './steps';
import { runChecks } from './run-checks';
import { Sources } from './restricted-reads';
import { quoteIdentifier } from '../sql/quote';
import { UserModelFailure, userModelError } from '../models/user-model-failure';
import { silverRowsByDay } from './waterfall';

/** One attempt at a refresh, inside a transaction that the caller starts and ends. */
export class RefreshRun {
  readonly #context: BuildContext;
  readonly #sources: Sources;
  readonly #ledger: BuildLedger;
  readonly #changes: RefreshChange[] = [];
  #factsBefore: ReadonlyMap<string, DayFacts> = new Map();
  #facts: Map<string, DayFacts> = new Map();
  #daysRead: readonly string[] = [];

  constructor(
    private readonly task: RefreshTask,
    private readonly input: RefreshInput,
    private readonly refreshId: number,
    private readonly steps: StepList,
    /** The user models that failed in an earlier attempt, with their errors. */
    private readonly excluded: ReadonlyMap<string, AppError>,
    private readonly signal: AbortSignal | undefined,
  ) {
    const { connection, workspace } = task;
    this.#sources = new Sources(connection, {
      bronzeOf: (days) => this.#bronzeOf(days),
      silverSelect: selectOf(this.#declared(silver), workspace),
      mostStagedBytes: task.mostStagedBytes,
    });
    this.#ledger = new BuildLedger(input, refreshId);
    this.#context = { connection, workspace, sources: this.#sources, relations: input.relations };
  }

  /** Builds, checks and exports, and writes all records except the log entry. */
  async build(): Promise<RefreshOutcome> {
    const { connection, modelSet } = this.task;
    this.#factsBefore = await readDayFacts(connection);
    await this.#dropRemoved();
    const measured = await this.#bronze();
    const plans = await this.#silver(measured);
    for (const model of modelSet.models) {
      if (model.name !== bronze && model.name !== silver) await this.#model(model, plans.get(model.name));
    }
    for (const { name, problem } of modelSet.broken) this.#ledger.kept(name, problem.toReport());
    const results = await this.steps.run('checks', () =>
      runChecks(this.task, this.input, this.refreshId, measured, this.#sources, () => this.#stopIfCancelled()),
    );
    await this.#sources.clear();
    await writeBuiltModels(connection, this.#ledger.models);
    await writeChanges(connection, this.refreshId, this.#changes);
    await writeManifest(connection, this.input.allFiles, this.input.leftOut);
    const facts = await recordFacts(this.task, this.refreshId, true);
    const { written, blocked } = await this.#exports(facts.length > 0 ? [factResults] : []);
    const figures = figuresOf(this.task, this.input, this.#ledger, [...this.#facts.values()], this.#daysRead);
    return {
      ...figures,
      exports: written,
      notices: [
        ...(figures.notices ?? []),
        ...blocked.map((file) => `${file} wasn't exported: a folder has that name.`),
      ],
      checksPassed: results.filter(({ passed }) => passed).length,
      checksFailed: results.filter(({ passed }) => !passed).length,
      facts,
    };
  }

  async #dropRemoved(): Promise<void> {
    for (const name of this.input.removedModels) {
      const kind = this.input.relations.get(name);
      if (kind) await this.#context.connection.run(`DROP ${kind} IF EXISTS ${quoteIdentifier(name)}`);
    }
  }

  /** The view, and one pass over its new rows. */
  async #bronze(): Promise<MeasuredDay[]> {
    const { connection, checks } = this.task;
    const { files, changedDays } = this.input;
    let measured: MeasuredDay[] = [];
    await this.steps.run(bronze, async () => {
      await this.#view(bronze);
      const rowChecks = checks.filter(({ condition }) => condition?.table === bronze);
      const days = mustMeasureAll(checks, this.input) ? null : changedDays;
      if (days === null) await this.#sources.stage(null, this.#bytesOf(null));
      if (days === null || days.length > 0) {
        measured = await measureDays(connection, this.#sources.bronzeOn(days), days, files, rowChecks);
      }
      const kept =
        days === null ? [] : [...this.#factsBefore.values()].filter(({ date }) => !changedDays.includes(date));
      this.#facts = new Map([...kept, ...measured.map(({ facts }) => facts)].map((facts) => [facts.date, facts]));
      await refuseFarEvents(this.#facts.values(), files, this.task.workspace, connection);
      this.#daysRead = days ?? [...this.#facts.keys()];
      return this.#built(bronze, sum([...this.#facts.values()].map(({ bronzeRows }) => bronzeRows)));
    });
    return measured;
  }

  /** The view, the plan for the models that depend on it, and the events that this plan needs. */
  async #silver(measured: readonly MeasuredDay[]): Promise<Map<string, ModelPlan>> {
    const { connection, modelSet } = this.task;
    const { forced } = this.input;
    let plans = new Map<string, ModelPlan>();
    await this.steps.run(silver, async () => {
      await this.#view(silver);
      plans = planModels(modelSet.models, forced, this.#dataChanges());
      const newChecks = this.task.checks.filter(({ name }) => this.input.newChecks.has(name));
      const running = modelSet.models.filter(({ name }) => !this.excluded.has(name));
      const days = daysToRead(silver, running, plans, newChecks, this.#dataChanges());
      this.#daysRead = days ?? [...this.#facts.keys()];
      await this.#sources.stage(days, this.#bytesOf(days));
      const select = await this.#sources.restricted(
        { dependsOn: [silver], shipped: true },
        `SELECT * FROM ${silver}`,
        days,
      );
      const rows = await silverRowsByDay(
        connection,
        select,
        measured.map(({ facts }) => facts.date),
      );
      for (const { facts } of measured) {
        this.#facts.set(facts.date, { ...facts, silverRows: rows.get(facts.date) ?? 0 });
      }
      const dates = this.input.full ? null : [...new Set([...this.input.changedDays, ...rows.keys()])].toSorted();
      const looked = dates ?? [...this.#facts.keys()];
      await writeDayFacts(
        connection,
        dates,
        looked.flatMap((date) => this.#facts.get(date) ?? []),
      );
      return this.#built(silver, sum([...this.#facts.values()].map(({ silverRows }) => silverRows)));
    });
    return plans;
  }

  /** Size of the files of `days`, null for all. */
  #bytesOf(days: readonly string[] | null): number {
    const wanted = days && new Set(days);
    return sum(this.input.files.map(({ date, bytes }) => (wanted?.has(date) === false ? 0 : bytes)));
  }

  #dataChanges(): DataChanges {
    return { days: this.input.changedDays, before: this.#factsBefore, after: this.#facts };
  }

  async #view(name: string): Promise<void> {
    const model = this.#declared(name);
    const select = this.#definition(model);
    const before = this.input.built.get(name)?.definition ?? '';
    const stands = this.input.relations.get(name) === 'view' && codeOf(before) === codeOf(select);
    if (!stands) await buildView(model, select, this.#context);
    if (!stands || this.input.changedDays.length > 0 || this.input.full) this.#ledger.markChanged(name);
  }

  #definition(model: ModelFile): string {
    return model.name === bronze ? this.input.bronze : selectOf(model, this.task.workspace);
  }

  /** For a few days of many, DuckDB needs as long to find their files by the pattern as to read them. */
  #bronzeOf(days: readonly string[]): string {
    const wanted = new Set(days);
    // The first file is always included, because it defines the columns, as in the view.
    const files = this.input.files.filter(({ date }, index) => index === 0 || wanted.has(date));
    return selectFromFiles(this.#declared(bronze), files, this.task.workspace);
  }

  #declared(name: string): ModelFile {
    const model = this.task.modelSet.models.find((candidate) => candidate.name === name);
    if (!model) throw new Error(`The model ${name} is missing.`);
    return model;
  }

  async #model(model: ModelFile, plan: ModelPlan | undefined): Promise<void> {
    await this.steps.run(model.name, async () => {
      this.#stopIfCancelled();
      const problem = this.excluded.get(model.name);
      if (problem) return this.#ledger.kept(model.name, problem.toReport());
      const needed = model.dependsOn.length === 0 || model.dependsOn.some((name) => this.#ledger.hasChanged(name));
      if (!plan || plan.action === 'keep' || (!needed && !this.input.forced.has(model.name))) {
        return this.#ledger.kept(model.name, null);
      }
      try {
        await this.#build(model, plan);
        // Of a view, this is what computes its rows.
        return this.#built(model.name, await countRows(model.name, this.#context.connection));
      } catch (error) {
        return this.#failed(model, error);
      }
    });
  }

  async #build(model: ModelFile, plan: Exclude<ModelPlan, { action: 'keep' }>): Promise<void> {
    if (model.kind === 'view') {
      await buildView(model, selectOf(model, this.task.workspace), this.#context);
      this.#ledger.markChanged(model.name);
      return;
    }
    const { changed, changes } = await buildTable(model, plan, this.#context);
    if (changed) this.#ledger.markChanged(model.name);
    for (const change of changes) {
      const causedBy = causesOf(change.period, model, this.#dataChanges());
      this.#changes.push({ ...change, model: model.name, causedBy });
    }
  }

  /** A failing user model must not stop the others; a failing shipped model fails the refresh. */
  async #failed(model: ModelFile, error: unknown): Promise<number | null> {
    this.#stopIfCancelled();
    if (model.origin !== 'user') throw error;
    const problem = userModelError(model, error, this.task.workspace.folder);
    const { connection } = this.#context;
    const alive = await connection.run('SELECT 1').then(
      () => true,
      () => false,
    );
    if (!alive) throw new UserModelFailure(model.name, problem);
    return this.#ledger.kept(model.name, problem.toReport());
  }

  /** @param records tables of records to export as well */
  async #exports(records: readonly string[]): Promise<{ readonly written: string[]; readonly blocked: string[] }> {
    const gold = this.task.modelSet.models.filter(({ layer }) => layer === 'gold').map(({ name }) => name);
    const isDue = (name: string) =>
      this.#ledger.get(name)?.problem === null && (this.#ledger.hasChanged(name) || !this.input.exported.has(name));
    const due = [...gold.filter(isDue), ...records];
    const { workspace } = this.task;
    const blocked = await blockedExports(due, workspace);
    const free = due.filter((name) => !blocked.has(name));
    await this.steps.run('exports', () => {
      this.#stopIfCancelled();
      return writeExports(free, this.refreshId, workspace, this.#context.connection);
    });
    return { written: free.map(exportPath), blocked: [...blocked].map(exportPath) };
  }

  #built(name: string, rows: number): number {
    return this.#ledger.built(name, this.#definition(this.#declared(name)), rows);
  }

  #stopIfCancelled(): void {
    if (this.signal?.aborted) throw cancelled('The refresh');
  }
}
