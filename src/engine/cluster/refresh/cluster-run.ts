import { sum } from '../../../contract/sum';
import { bronze, silver } from '../../../contract/relations';
import { AppError } from '../../../contract/app-error';
import type { ClusterProgress } from '../../../contract/cluster';
import type { RefreshRequest } from '../../../contract/warehouse';
import { forEachConcurrently } from '../../fs/concurrently';
import { linkedAbort } from '../../linked-abort';
import type { DayFacts } from '../../records/day-facts';
import type { ModelFile } from '../../models/model-file';
import { planModels, type DataChanges, type ModelPlan } from '../../refresh/plan';
import type { StepList } from '../../refresh/steps';
import { waterfallOf } from '../../refresh/waterfall';
import type { ClusterSession } from '../session';
import { rowsTable } from '../tables';
import { buildModel } from './build';
import { runChecks } from './checks';
import { factsBefore, measureDays, readFacts, refuseFarEvents } from './facts';
import { checkFingerprint, type ClusterInput, type ClusterProgram } from './input';
import { writtenSnapshots, type ClusterModel, type ClusterRefreshRecord, type ClusterState } from './state';
import { ClusterSources } from './sources';

/** Models that are built side by side. More would share the cluster's memory without ending earlier. */
const modelsAtOnce = 3;

/** What a run needs. */
export interface ClusterRunParts {
  readonly session: ClusterSession;
  readonly program: ClusterProgram;
  readonly input: ClusterInput;
  readonly last: ClusterRefreshRecord | null;
  readonly refreshId: number;
  readonly startedAt: string;
  readonly steps: StepList;
  /** The statement that wrote the list of files. */
  readonly listedBy: string;
}

/**
 * Builds, measures and checks on the cluster. Each table gets one commit; none of them is valid before
 * `commitRefresh` names it.
 */
export class ClusterRun {
  readonly #sources: ClusterSources;
  readonly #models = new Map<string, ClusterModel>();
  readonly #changed = new Set<string>();
  /** The statement that last wrote each table. */
  readonly #written = new Map<string, string>();

  constructor(private readonly parts: ClusterRunParts) {
    this.#sources = new ClusterSources(parts.session, parts.program, parts.input.leftOut);
    this.#written.set('refresh_manifest', parts.listedBy);
  }

  async build(): Promise<ClusterRefreshRecord> {
    const { session, program, input, last, steps } = this.parts;
    const before = await factsBefore(session, last?.state.snapshots.refresh_days);
    const after = await this.#events();
    const changes = { days: input.changedDays, before, after };
    const plans = planModels(program.models, input.forced, changes);
    await this.#buildModels(plans);
    await steps.run('checks', async () => {
      this.#written.set('check_days', await runChecks(session, program, input, this.#sources));
    });
    return this.#record(changes);
  }

  /** The steps of bronze and silver, which are views: one measurement of their rows. */
  async #events(): Promise<Map<string, DayFacts>> {
    const { session, program, input, steps } = this.parts;
    const measuresAll =
      input.full ||
      program.checks.some(({ check, condition }) => condition !== null && input.newChecks.has(check.name));
    let facts = new Map<string, DayFacts>();
    await steps.run(bronze, async () => {
      const days = measuresAll ? null : input.changedDays;
      this.#written.set('refresh_days', await measureDays(session, program, this.#sources, days));
      facts = await readFacts(session);
      await refuseFarEvents(session, facts);
      return this.#view(
        bronze,
        this.#sources.bronzeSelect,
        sum([...facts.values()].map(({ bronzeRows }) => bronzeRows)),
      );
    });
    await steps.run(silver, async () =>
      this.#view(silver, this.#sources.silverSelect, sum([...facts.values()].map(({ silverRows }) => silverRows))),
    );
    return facts;
  }

  #view(name: string, definition: string, rows: number): number {
    const { input } = this.parts;
    if (input.full || input.changedDays.length > 0 || input.forced.has(name)) this.#changed.add(name);
    return this.#built(name, definition, rows);
  }

  /** Builds models side by side, each after those that it reads. The first failure ends the others. */
  async #buildModels(plans: ReadonlyMap<string, ModelPlan>): Promise<void> {
    const { session, program, steps } = this.parts;
    const { controller, unlink } = linkedAbort(session.signal);
    const ended = new Map<string, Promise<void>>();
    let failure: unknown = null;
    const build = async (model: ModelFile) => {
      // They come earlier in the list, so they have been started.
      await Promise.all(model.dependsOn.flatMap((name) => ended.get(name) ?? []));
      const onProgress = progressOf(steps, model.name);
      await this.#model(session.part({ signal: controller.signal, onProgress }), model, plans.get(model.name));
    };
    const models = program.models.filter(({ name }) => name !== bronze && name !== silver);
    await forEachConcurrently(models, modelsAtOnce, (model) => {
      const work = build(model).catch((error: unknown) => {
        failure ??= error;
        controller.abort();
        throw failure;
      });
      ended.set(model.name, work);
      return work;
    }).finally(unlink);
  }

  async #model(session: ClusterSession, model: ModelFile, plan: ModelPlan | undefined): Promise<void> {
    const { program, input, steps } = this.parts;
    await steps.run(model.name, async () => {
      const known = input.built.get(model.name);
      const needed = model.dependsOn.length === 0 || model.dependsOn.some((name) => this.#changed.has(name));
      if (!plan || plan.action === 'keep' || (!needed && !input.forced.has(model.name))) {
        if (known) this.#models.set(model.name, known);
        return known?.rows ?? null;
      }
      const text = program.texts.get(model.name) ?? '';
      try {
        const { rows, queryId } = await buildModel(session, model, text, plan, this.#sources);
        if (queryId !== null) this.#written.set(rowsTable(model.name), queryId);
        this.#changed.add(model.name);
        return this.#built(model.name, text, rows);
      } catch (error) {
        return this.#failed(model, error);
      }
    });
  }

  /** A user model that the cluster refuses must not stop the others. */
  #failed(model: ModelFile, error: unknown): number | null {
    if (model.origin !== 'user' || !(error instanceof AppError) || error.code !== 'CLUSTER_QUERY') throw error;
    const known = this.parts.input.built.get(model.name);
    const problem = new AppError('MODEL_INVALID', `Your model ${model.file} failed on the cluster: ${error.message}`, {
      action: 'Fix the file, or write another text for the cluster beside it, and refresh again.',
      ...(error.details.position ? { position: error.details.position } : {}),
    });
    const { refreshId, program } = this.parts;
    this.#models.set(model.name, {
      name: model.name,
      layer: model.layer,
      definition: program.texts.get(model.name) ?? '',
      rows: known?.rows ?? 0,
      refreshId: known?.refreshId ?? refreshId,
      fingerprint: program.fingerprints.get(model.name) ?? '',
      problem: problem.toReport(),
    });
    return null;
  }

  #built(name: string, definition: string, rows: number): number {
    const { refreshId, input, program } = this.parts;
    const layer = program.models.find((model) => model.name === name)?.layer ?? '';
    const changedBy = this.#changed.has(name) ? refreshId : (input.built.get(name)?.refreshId ?? refreshId);
    const fingerprint = program.fingerprints.get(name) ?? '';
    this.#models.set(name, { name, layer, fingerprint, definition, rows, refreshId: changedBy, problem: null });
    return rows;
  }

  async #record({ after, days }: DataChanges): Promise<ClusterRefreshRecord> {
    const { session, program, input, last, refreshId, startedAt, steps } = this.parts;
    const models = program.models.flatMap(({ name }) => this.#models.get(name) ?? []);
    const kept = Object.fromEntries(
      Object.entries(last?.state.snapshots ?? {}).filter(
        ([table]) => !table.endsWith('_rows') || this.#models.has(table.replace(/_rows$/, '')),
      ),
    );
    const written = await writtenSnapshots(session, this.#written);
    const rowsOf = (layer: string) => sum(models.filter((model) => model.layer === layer).map(({ rows }) => rows));
    const rowsIn = (name: string) => this.#models.get(name)?.rows ?? 0;
    const finishedAt = new Date().toISOString();
    const checks = program.checks.map(({ check }) => check);
    const state: ClusterState = {
      models,
      snapshots: { ...kept, ...Object.fromEntries(written) },
      checks: Object.fromEntries(program.checks.map((check) => [check.check.name, checkFingerprint(check)])),
      leftOut: [...input.leftOut],
      waterfall: waterfallOf([...after.values()], checks, rowsOf('gold')),
      changedDays: [...days],
    };
    const read = new Set(input.full ? input.files.map(({ date }) => date) : days);
    const filesRead = input.files.filter(({ date }) => read.has(date));
    return {
      refreshId,
      finishedAt,
      state,
      entry: {
        refreshId,
        startedAt,
        finishedAt,
        status: 'succeeded',
        modelRows: Object.fromEntries(models.map(({ name, rows }) => [name, rows])),
        files: input.files.length,
        bytes: sum(input.files.map(({ bytes }) => bytes)),
        exports: [],
        mode: input.full ? 'full' : 'incremental',
        daysChanged: days.length,
        layerRows: { bronze: rowsIn(bronze), silver: rowsIn(silver), gold: rowsOf('gold') },
        filesRead: filesRead.length,
        bytesRead: sum(filesRead.map(({ bytes }) => bytes)),
        leftOutFiles: input.leftOut.map(({ path }) => path),
        notices: models.flatMap(({ problem }) => problem?.message ?? []),
        steps: steps.all,
      },
    };
  }
}

/** Shows the progress of a statement at a step. */
export function progressOf(steps: StepList, step: string): (progress: ClusterProgress) => void {
  return ({ completedSplits, totalSplits, processedRows }) =>
    steps.progress(step, { completedSplits, totalSplits, processedRows });
}

/** Whether the cluster already matches the files, the models and the checks. */
export function nothingToDo(input: ClusterInput, request: RefreshRequest): boolean {
  return (
    request.mode !== 'full' &&
    !input.full &&
    input.changedDays.length === 0 &&
    input.forced.size === 0 &&
    input.newChecks.size === 0 &&
    input.removed.length === 0
  );
}
